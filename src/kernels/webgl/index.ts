/** Native kernels of tfjs's webgl backend: shaders over packed texels, for WebGL 1 and 2. */

import {installKernels} from '../../kernel';
import {kernel} from './backend';
import {describe} from './describe';
import {reluPair, reluPairGradient} from './relu_pair';
import {triangleWave, triangleWaveGradient} from './triangle_wave';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'webgl'. */
export function registerKernels(backendName = 'webgl'): void {
  const kernels = {
    WalshHadamard: kernel(walshHadamard),
    SignedWalshHadamard: kernel(walshHadamard),
    ReLUPair: kernel(reluPair),
    ReLUPairGradient: kernel(reluPairGradient),
    WHTReLUPair: kernel(whtReLUPair),
    WHTReLUPairGradient: kernel(whtReLUPairGradient),
    TriangleWave: kernel(triangleWave),
    TriangleWaveGradient: kernel(triangleWaveGradient),
  };
  installKernels(backendName, kernels, describe);
}

registerKernels();
