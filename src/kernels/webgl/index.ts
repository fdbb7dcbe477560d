/**
 * Native kernels of tfjs's webgl backend: shaders over packed texels, for WebGL 1 and 2.
 *
 * @module
 */

import {installKernels} from '../../engine';
import {kernelsOf} from './backend';
import {describe} from './describe';
import {registerKernels as registerProjection} from './projection';
import {triangleWave, triangleWaveGradient} from './triangle_wave';

const WAVES = {TriangleWave: triangleWave, TriangleWaveGradient: triangleWaveGradient};

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'webgl'. */
export function registerKernels(backendName = 'webgl'): void {
  registerProjection(backendName);
  installKernels(backendName, kernelsOf(WAVES), describe);
}

registerKernels();
