/** The kernels of the projection alone: transform, ReLU pairs and selections. */

import {installKernels} from '../../engine';
import {describe} from './describe';
import {ExpandUnits} from './fit_units';
import {ReLUPair, ReLUPairGradient, ReLUPairSlopes} from './relu_pair';
import {SelectedWalshHadamard} from './selected_walsh_hadamard';
import {TakeUnits} from './take_units';
import {SignedWalshHadamard, WalshHadamard} from './walsh_hadamard';
import {WHTReLUPair, WHTReLUPairBackward, WHTReLUPairForward} from './wht_relu_pair';

/** By their names. */
const KERNELS = {
  ExpandUnits,
  ReLUPair,
  ReLUPairGradient,
  ReLUPairSlopes,
  SelectedWalshHadamard,
  SignedWalshHadamard,
  TakeUnits,
  WalshHadamard,
  WHTReLUPair,
  WHTReLUPairBackward,
  WHTReLUPairForward,
};

export function registerKernels(backendName = 'tensorflow'): void {
  installKernels(backendName, KERNELS, describe);
}

registerKernels();
