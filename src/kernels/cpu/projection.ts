/**
 * The kernels of the projection alone, for small bundles: transform and ReLU pairs in a SIMD module on copies of the
 * tensors. Where there is no SIMD, ops of tfjs serve, not loops.
 */

import {installKernels, portable} from '../../engine';
import {expandFirst, expandUnitsHost} from '../host/fit_units';
import {takeUnitsHost} from '../host/take_units';
import {installModule, type Runner} from '../simd/install';
import {projection} from '../simd/projection';
import {memory} from './backend';
import {inWorkspace} from './workspace';

const expanding: Runner = (simd, planner, otherwise) => expandFirst(memory)(inWorkspace(simd, planner, otherwise));

export function registerKernels(backendName = 'cpu'): void {
  installModule(backendName, expanding, projection, portable);
  installKernels(backendName, {ExpandUnits: expandUnitsHost(memory), TakeUnits: takeUnitsHost(memory)});
}

registerKernels();
