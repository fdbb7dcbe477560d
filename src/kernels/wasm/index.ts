/** Native kernels of tfjs's wasm backend: a SIMD module of our own on the tensors where they are. */

import {installKernels} from '../../kernel';
import {reluPairGradientHost, reluPairHost} from '../host/relu_pair';
import {triangleWaveGradientHost, triangleWaveHost} from '../host/triangle_wave';
import {walshHadamardHost} from '../host/walsh_hadamard';
import {describe} from './describe';
import {kernel} from './kernel';
import {reluPair, reluPairGradient} from './relu_pair';
import {triangleWave, triangleWaveGradient} from './triangle_wave';
import {walshHadamard} from './walsh_hadamard';

export function registerKernels(backendName = 'wasm'): void {
  installKernels(
    backendName,
    {
      WalshHadamard: kernel(walshHadamard, walshHadamardHost),
      SignedWalshHadamard: kernel(walshHadamard, walshHadamardHost),
      ReLUPair: kernel(reluPair, reluPairHost),
      ReLUPairGradient: kernel(reluPairGradient, reluPairGradientHost),
      TriangleWave: kernel(triangleWave, triangleWaveHost),
      TriangleWaveGradient: kernel(triangleWaveGradient, triangleWaveGradientHost),
    },
    describe,
  );
}

registerKernels();
