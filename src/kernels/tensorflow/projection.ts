/** The kernels of the projection alone: transform and ReLU pairs. */

import {installKernels} from '../../kernel';
import {describe} from './describe';
import {ownOp} from './own_op';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

const TRANSFORM = {axis: 'INT', scale: 'FLOAT'} as const;
const BLOCK = ['x', 'signs', 'negative', 'positive'];
const UNITS = {units: 'INT', inner: 'INT'} as const;
const SLOPES = ['x', 'negative', 'positive'];

export function registerKernels(backendName = 'tensorflow'): void {
  const gradientOf = (inputs: string[]) => ({inputs: [...inputs, 'dy'], outputs: 3});
  const own = {
    WalshHadamard: ownOp('WalshHadamard', {inputs: ['x'], attributes: TRANSFORM, outputs: 1}, walshHadamard),
    SignedWalshHadamard: ownOp(
      'SignedWalshHadamard',
      {inputs: ['x', 'signs'], attributes: {...TRANSFORM, transposed: 'BOOL'}, outputs: 1},
      walshHadamard,
    ),
    WHTReLUPair: ownOp('WHTReLUPair', {inputs: BLOCK, attributes: TRANSFORM, outputs: 1}, whtReLUPair),
    WHTReLUPairGradient: ownOp(
      'WHTReLUPairGradient',
      {...gradientOf(BLOCK), attributes: TRANSFORM},
      whtReLUPairGradient,
    ),
    ReLUPair: ownOp('ReLUPair', {inputs: SLOPES, attributes: UNITS, outputs: 1}, reluPair),
    ReLUPairGradient: ownOp('ReLUPairGradient', {...gradientOf(SLOPES), attributes: UNITS}, reluPairGradient),
  };
  installKernels(backendName, own, describe);
}

registerKernels();
