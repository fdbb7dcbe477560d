/** The kernels of the projection alone, for small bundles: transform, ReLU pairs and selections. */

import {installKernels, ofWholeAxis} from '../../engine';
import {kernelsOf} from './backend';
import {describe} from './describe';
import {reluPair, reluPairGradient} from './relu_pair';
import {takeUnits} from './take_units';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

/** By their names. */
const KERNELS = {
  ReLUPair: reluPair,
  ReLUPairGradient: reluPairGradient,
  SignedWalshHadamard: walshHadamard,
  WalshHadamard: walshHadamard,
  TakeUnits: takeUnits,
  WHTReLUPair: whtReLUPair,
  WHTReLUPairGradient: whtReLUPairGradient,
};

export function registerKernels(backendName = 'webgl'): void {
  const kernels = kernelsOf(KERNELS);
  for (const name of ['SignedWalshHadamard', 'WHTReLUPair']) kernels[name] = ofWholeAxis(name, kernels[name]);
  installKernels(backendName, kernels, describe);
}

registerKernels();
