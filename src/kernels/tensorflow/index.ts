/**
 * Native kernels of the backend of tfjs-node: TensorFlow ops of our own, from addon/; where they have not been built,
 * TensorFlow's ops without the detours of their tfjs wrappers.
 */

import {installKernels} from '../../kernel';
import {triangleWaveGradientHost, triangleWaveHost} from '../host/triangle_wave';
import {memory} from './backend';
import {describe} from './describe';
import {ownOp} from './own_op';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

const TRANSFORM = {axis: 'INT', scale: 'FLOAT'} as const;
const BLOCK = ['x', 'signs', 'negative', 'positive'];
const UNITS = {units: 'INT', inner: 'INT'} as const;
const SLOPES = ['x', 'negative', 'positive'];
const WAVES = ['x', 'peaks', 'scales'];

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'tensorflow'. */
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
    // Without our op one sweep of a loop over all levels, with two copies, against dozens of TensorFlow ops.
    TriangleWave: ownOp('TriangleWave', {inputs: WAVES, attributes: {}, outputs: 1}, triangleWaveHost(memory)),
    TriangleWaveGradient: ownOp(
      'TriangleWaveGradient',
      {...gradientOf(WAVES), attributes: {}},
      triangleWaveGradientHost(memory),
    ),
  };
  installKernels(backendName, own, describe);
}

registerKernels();
