/** The kernels of the projection, by their names: a line for each file. */

export {ReLUPair, ReLUPairGradient} from './relu_pair';
export {SignedWalshHadamard, WalshHadamard} from './walsh_hadamard';
export {WHTReLUPair, WHTReLUPairGradient} from './wht_relu_pair';
