import type {SimdKernels} from './instance';
import type {ProjectionModule} from './modules';
import {PROJECTION} from './projection_bytes';
import {reluPair, reluPairGradient} from './relu_pair';
import {selectedWalshHadamard} from './selected_walsh_hadamard';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient, whtReLUPairSlopes} from './wht_relu_pair';

/** The transform, ReLU pairs, and both as one. */
export const projection: SimdKernels<ProjectionModule> = {
  module: PROJECTION,
  planners: {
    WalshHadamard: walshHadamard,
    SignedWalshHadamard: walshHadamard,
    SelectedWalshHadamard: selectedWalshHadamard,
    ReLUPair: reluPair,
    ReLUPairGradient: reluPairGradient,
    WHTReLUPair: whtReLUPair,
    WHTReLUPairGradient: whtReLUPairGradient,
    WHTReLUPairSlopes: whtReLUPairSlopes,
  },
};
