/**
 * Native kernels of tfjs's webgpu backend, in WGSL: as few passes through the memory of the GPU as can be.
 *
 * @module
 */

import {installKernels} from '../../engine';
import {describe} from './describe';
import {registerKernels as registerProjection} from './projection';
import {triangleWave, triangleWaveGradient} from './triangle_wave';

const WAVES = {TriangleWave: triangleWave, TriangleWaveGradient: triangleWaveGradient};

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'webgpu'. */
export function registerKernels(backendName = 'webgpu'): void {
  registerProjection(backendName);
  installKernels(backendName, WAVES, describe);
}

registerKernels();
