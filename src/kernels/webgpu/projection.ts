/** The kernels of the projection alone, for small bundles: transform, ReLU pairs and selections. */

import {installKernels} from '../../engine';
import {describe} from './describe';
import {reluPair, reluPairGradient, reluPairSlopes} from './relu_pair';
import {takeUnits} from './take_units';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient, whtReLUPairSlopes} from './wht_relu_pair';

/** By their names. */
const KERNELS = {
  ReLUPair: reluPair,
  ReLUPairGradient: reluPairGradient,
  ReLUPairSlopes: reluPairSlopes,
  SignedWalshHadamard: walshHadamard,
  WalshHadamard: walshHadamard,
  TakeUnits: takeUnits,
  WHTReLUPair: whtReLUPair,
  WHTReLUPairGradient: whtReLUPairGradient,
  WHTReLUPairSlopes: whtReLUPairSlopes,
};

export function registerKernels(backendName = 'webgpu'): void {
  installKernels(backendName, KERNELS, describe);
}

registerKernels();
