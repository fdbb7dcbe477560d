/** The kernels of the projection alone: transform and ReLU pairs. */

import {installKernels} from '../../engine';
import {describe} from './describe';
import {ReLUPair, ReLUPairGradient} from './relu_pair';
import {SignedWalshHadamard, WalshHadamard} from './walsh_hadamard';
import {WHTReLUPair, WHTReLUPairGradient} from './wht_relu_pair';

/** By their names. */
const KERNELS = {
  ReLUPair,
  ReLUPairGradient,
  SignedWalshHadamard,
  WalshHadamard,
  WHTReLUPair,
  WHTReLUPairGradient,
};

export function registerKernels(backendName = 'tensorflow'): void {
  installKernels(backendName, KERNELS, describe);
}

registerKernels();
