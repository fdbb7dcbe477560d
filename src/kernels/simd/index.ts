/** The kernels of the SIMD module, by name. */

import type {Planner} from './plan';
import {reluPair, reluPairGradient} from './relu_pair';
import {triangleWave, triangleWaveGradient} from './triangle_wave';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

export const planners: {[kernel: string]: Planner} = {
  WalshHadamard: walshHadamard,
  SignedWalshHadamard: walshHadamard,
  ReLUPair: reluPair,
  ReLUPairGradient: reluPairGradient,
  WHTReLUPair: whtReLUPair,
  WHTReLUPairGradient: whtReLUPairGradient,
  TriangleWave: triangleWave,
  TriangleWaveGradient: triangleWaveGradient,
};
