/** The kernels of the projection alone: transform, ReLU pairs and selections. */

import {installKernels, ofWholeAxis} from '../../engine';
import {describe} from './describe';
import {ExpandUnits} from './fit_units';
import {ReLUPair, ReLUPairGradient} from './relu_pair';
import {SelectedWalshHadamard} from './selected_walsh_hadamard';
import {TakeUnits} from './take_units';
import {SignedWalshHadamard, WalshHadamard} from './walsh_hadamard';
import {WHTReLUPair, WHTReLUPairGradient, WHTReLUPairSlopes} from './wht_relu_pair';

/** By their names. */
const KERNELS = {
  ExpandUnits,
  ReLUPair,
  ReLUPairGradient,
  SelectedWalshHadamard: ofWholeAxis('SelectedWalshHadamard', SelectedWalshHadamard),
  SignedWalshHadamard: ofWholeAxis('SignedWalshHadamard', SignedWalshHadamard),
  TakeUnits,
  WalshHadamard,
  WHTReLUPair: ofWholeAxis('WHTReLUPair', WHTReLUPair),
  WHTReLUPairGradient,
  WHTReLUPairSlopes,
};

export function registerKernels(backendName = 'tensorflow'): void {
  installKernels(backendName, KERNELS, describe);
}

registerKernels();
