import type {SimdKernels} from './instance';
import type {ProjectionModule} from './modules';
import {PROJECTION} from './projection_bytes';
import {reluPair, reluPairGradient, reluPairSlopes} from './relu_pair';
import {selectedWalshHadamard} from './selected_walsh_hadamard';
import {signedWalshHadamard, walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairBackward, whtReLUPairForward} from './wht_relu_pair';

/** The transform, ReLU pairs, and both as one. */
export const projection: SimdKernels<ProjectionModule> = {
  module: PROJECTION,
  planners: {
    WalshHadamard: walshHadamard,
    SignedWalshHadamard: signedWalshHadamard,
    SelectedWalshHadamard: selectedWalshHadamard,
    ReLUPair: reluPair,
    ReLUPairGradient: reluPairGradient,
    ReLUPairSlopes: reluPairSlopes,
    WHTReLUPair: whtReLUPair,
    WHTReLUPairForward: whtReLUPairForward,
    WHTReLUPairBackward: whtReLUPairBackward,
  },
};
