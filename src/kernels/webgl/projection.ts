/** The kernels of the projection alone, for small bundles: transform and ReLU pairs. */

import {installKernels} from '../../engine';
import {kernelsOf} from './backend';
import {describe} from './describe';
import * as projection from './projection_kernels';

export function registerKernels(backendName = 'webgl'): void {
  installKernels(backendName, kernelsOf(projection), describe);
}

registerKernels();
