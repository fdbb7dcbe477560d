/** The kernels of the projection alone, for small bundles: transform and ReLU pairs. */

import {installKernels} from '../../kernel';
import {describe} from './describe';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

export function registerKernels(backendName = 'webgpu'): void {
  const kernels = {
    WalshHadamard: walshHadamard,
    SignedWalshHadamard: walshHadamard,
    ReLUPair: reluPair,
    ReLUPairGradient: reluPairGradient,
    WHTReLUPair: whtReLUPair,
    WHTReLUPairGradient: whtReLUPairGradient,
  };
  installKernels(backendName, kernels, describe);
}

registerKernels();
