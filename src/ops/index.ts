/**
 * Ops on tensors, differentiable any number of times, on every backend.
 *
 * @module
 */

export {type RandomSignsArgs, randomSigns} from './random_signs';
export {reluPair} from './relu_pair';
export {type SoftmaxCrossEntropyArgs, softmaxCrossEntropy} from './softmax_cross_entropy';
export {triangleWave} from './triangle_wave';
export {type WalshHadamardArgs, walshHadamard} from './walsh_hadamard';
export {whtReLUPair} from './wht_relu_pair';
