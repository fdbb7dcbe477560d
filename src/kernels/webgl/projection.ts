/** The kernels of the projection alone, for small bundles: transform and ReLU pairs. */

import {installKernels} from '../../kernel';
import {kernel} from './backend';
import {describe} from './describe';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

export function registerKernels(backendName = 'webgl'): void {
  const kernels = {
    WalshHadamard: kernel(walshHadamard),
    SignedWalshHadamard: kernel(walshHadamard),
    ReLUPair: kernel(reluPair),
    ReLUPairGradient: kernel(reluPairGradient),
    WHTReLUPair: kernel(whtReLUPair),
    WHTReLUPairGradient: kernel(whtReLUPairGradient),
  };
  installKernels(backendName, kernels, describe);
}

registerKernels();
