/** The loops in JavaScript, by the names of their kernels. */

import {adamWHost} from './adam_w';
import type {HostKernel, HostMemory} from './memory';
import {reluPairGradientHost, reluPairHost, reluPairSlopesHost} from './relu_pair';
import {selectedWalshHadamardHost} from './selected_walsh_hadamard';
import {triangleWaveGradientHost, triangleWaveHost} from './triangle_wave';
import {walshHadamardHost} from './walsh_hadamard';
import {whtReLUPairBackwardHost, whtReLUPairForwardHost, whtReLUPairHost} from './wht_relu_pair';

const hostKernels: {[kernel: string]: HostKernel} = {
  AdamW: adamWHost,
  WalshHadamard: walshHadamardHost,
  SignedWalshHadamard: walshHadamardHost,
  SelectedWalshHadamard: selectedWalshHadamardHost,
  ReLUPair: reluPairHost,
  ReLUPairGradient: reluPairGradientHost,
  ReLUPairSlopes: reluPairSlopesHost,
  WHTReLUPair: whtReLUPairHost,
  WHTReLUPairForward: whtReLUPairForwardHost,
  WHTReLUPairBackward: whtReLUPairBackwardHost,
  TriangleWave: triangleWaveHost,
  TriangleWaveGradient: triangleWaveGradientHost,
};

/** A kernel by its name. */
export const loopsOn = (memory: HostMemory) => (name: string) => hostKernels[name](memory);
