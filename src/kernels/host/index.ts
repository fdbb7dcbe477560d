/** The loops in JavaScript, by the names of their kernels. */

import type {Fallback} from '../../kernel';
import type {HostKernel, HostMemory} from './memory';
import {reluPairGradientHost, reluPairHost} from './relu_pair';
import {triangleWaveGradientHost, triangleWaveHost} from './triangle_wave';
import {walshHadamardHost} from './walsh_hadamard';
import {whtReLUPairGradientHost, whtReLUPairHost} from './wht_relu_pair';

const hostKernels: {[kernel: string]: HostKernel} = {
  WalshHadamard: walshHadamardHost,
  SignedWalshHadamard: walshHadamardHost,
  ReLUPair: reluPairHost,
  ReLUPairGradient: reluPairGradientHost,
  WHTReLUPair: whtReLUPairHost,
  WHTReLUPairGradient: whtReLUPairGradientHost,
  TriangleWave: triangleWaveHost,
  TriangleWaveGradient: triangleWaveGradientHost,
};

export const loopsOn = (memory: HostMemory): Fallback => ({
  path: 'loops in JavaScript',
  kernel: (name) => hostKernels[name](memory),
});
