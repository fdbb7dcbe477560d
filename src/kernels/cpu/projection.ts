/**
 * The kernels of the projection alone, for small bundles: transform and ReLU pairs in a SIMD module on copies of the
 * tensors. Where there is no SIMD, ops of tfjs serve, not loops.
 */

import {portable} from '../../engine';
import {installModule} from '../simd/install';
import {projection} from '../simd/projection';
import {inWorkspace} from './workspace';

export function registerKernels(backendName = 'cpu'): void {
  installModule(backendName, inWorkspace, projection, portable);
}

registerKernels();
