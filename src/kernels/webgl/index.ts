/** Native kernels of tfjs's webgl backend: shaders over packed texels, for WebGL 1 and 2. */

import {installKernels} from '../../engine';
import {kernelsOf} from './backend';
import {describe} from './describe';
import {registerKernels as registerProjection} from './projection';
import * as waves from './wave_kernels';

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'webgl'. */
export function registerKernels(backendName = 'webgl'): void {
  registerProjection(backendName);
  installKernels(backendName, kernelsOf(waves), describe);
}

registerKernels();
