/** Native kernels of tfjs's webgpu backend, in WGSL: as few passes through the memory of the GPU as can be. */

import {installKernels} from '../../kernel';
import {reluPair, reluPairGradient} from './relu_pair';
import {triangleWave, triangleWaveGradient} from './triangle_wave';
import {walshHadamard} from './walsh_hadamard';
import {whtReLUPair, whtReLUPairGradient} from './wht_relu_pair';

/** Which path the kernels take. */
export function describe(): {path: string; advice?: string} {
  return {path: 'WGSL, one workgroup per row'};
}

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'webgpu'. */
export function registerKernels(backendName = 'webgpu'): void {
  const kernels = {
    WalshHadamard: walshHadamard,
    SignedWalshHadamard: walshHadamard,
    ReLUPair: reluPair,
    ReLUPairGradient: reluPairGradient,
    WHTReLUPair: whtReLUPair,
    WHTReLUPairGradient: whtReLUPairGradient,
    TriangleWave: triangleWave,
    TriangleWaveGradient: triangleWaveGradient,
  };
  installKernels(backendName, kernels, describe);
}

registerKernels();
