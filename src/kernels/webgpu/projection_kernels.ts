/** The kernels of the projection, by their names: a line for each file. */

export {reluPair as ReLUPair, reluPairGradient as ReLUPairGradient} from './relu_pair';
export {walshHadamard as SignedWalshHadamard, walshHadamard as WalshHadamard} from './walsh_hadamard';
export {whtReLUPair as WHTReLUPair, whtReLUPairGradient as WHTReLUPairGradient} from './wht_relu_pair';
