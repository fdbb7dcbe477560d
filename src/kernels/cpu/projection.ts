/**
 * The kernels of the projection alone, for small bundles: transform and ReLU pairs in a SIMD module on copies of the
 * tensors. Where there is no SIMD, ops of tfjs serve, not loops.
 */

import {installKernels, portable} from '../../engine';
import {expandUnitsHost} from '../host/fit_units';
import {takeUnitsHost} from '../host/take_units';
import {installModule} from '../simd/install';
import {projection} from '../simd/projection';
import {memory} from './backend';
import {inWorkspace} from './workspace';

export function registerKernels(backendName = 'cpu'): void {
  installModule(backendName, inWorkspace, projection, portable);
  installKernels(backendName, {ExpandUnits: expandUnitsHost(memory), TakeUnits: takeUnitsHost(memory)});
}

registerKernels();
