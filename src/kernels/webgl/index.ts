/** Native kernels of tfjs's webgl backend: shaders over packed texels, for WebGL 1 and 2. */

import * as tf from '@tensorflow/tfjs';
import {installKernels} from '../../kernel';
import {kernel} from './backend';
import {reluPair, reluPairGradient} from './relu_pair';
import {triangleWave, triangleWaveGradient} from './triangle_wave';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

export function registerKernels(backendName = 'webgl'): void {
  installKernels(backendName, {
    WalshHadamard: kernel(walshHadamard),
    SignedWalshHadamard: kernel(walshHadamard),
    ReLUPair: kernel(reluPair),
    ReLUPairGradient: kernel(reluPairGradient),
    WHTReLUPair: kernel(whtReLUPair),
    WHTReLUPairGradient: kernel(whtReLUPairGradient),
    TriangleWave: kernel(triangleWave),
    TriangleWaveGradient: kernel(triangleWaveGradient),
  });
}

/** How the kernels run on this device, once the backend has started. */
export function describe(): {path: string; advice?: string} {
  const path = 'GLSL, radix-16 passes';
  if (tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) return {path};
  return {path, advice: 'Textures of 16 bits keep 3 digits. Use webgpu or wasm for more.'};
}

registerKernels();
