/** The kernels of the projection alone: transform and ReLU pairs. */

import {installKernels} from '../../engine';
import {describe} from './describe';
import * as kernels from './projection_kernels';

export function registerKernels(backendName = 'tensorflow'): void {
  installKernels(backendName, kernels, describe);
}

registerKernels();
