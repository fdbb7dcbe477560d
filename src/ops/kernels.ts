import {adamWKernel} from './adam_w';
import {denseGradientKernel, denseKernel, transposedMatMulKernel} from './dense';
import {expandUnitsKernel} from './fit_units';
import {reluPairGradientKernel, reluPairKernel, reluPairSlopesKernel} from './relu_pair';
import {selectedWalshHadamardKernel} from './selected_walsh_hadamard';
import {softmaxCrossEntropyGradientKernel, softmaxCrossEntropyKernel} from './softmax_cross_entropy';
import {takeUnitsKernel} from './take_units';
import {triangleWaveGradientKernel, triangleWaveKernel} from './triangle_wave';
import {signedWalshHadamardKernel, walshHadamardKernel} from './walsh_hadamard';
import {
  whtReLUPairBackwardKernel,
  whtReLUPairForwardKernel,
  whtReLUPairGradientKernel,
  whtReLUPairKernel,
  whtReLUPairSlopesKernel,
} from './wht_relu_pair';

/** Every kernel of this package. */
export const KERNELS = [
  walshHadamardKernel,
  signedWalshHadamardKernel,
  selectedWalshHadamardKernel,
  reluPairKernel,
  reluPairGradientKernel,
  reluPairSlopesKernel,
  whtReLUPairKernel,
  whtReLUPairForwardKernel,
  whtReLUPairBackwardKernel,
  whtReLUPairGradientKernel,
  whtReLUPairSlopesKernel,
  triangleWaveKernel,
  triangleWaveGradientKernel,
  expandUnitsKernel,
  takeUnitsKernel,
  denseKernel,
  denseGradientKernel,
  transposedMatMulKernel,
  softmaxCrossEntropyKernel,
  softmaxCrossEntropyGradientKernel,
  adamWKernel,
];
