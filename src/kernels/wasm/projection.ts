/**
 * The kernels of the projection alone, for small bundles: transform and ReLU pairs in a SIMD module on the tensors where
 * they are. Where there is no SIMD, ops of tfjs serve, not loops.
 */

import {installKernels, portable} from '../../engine';
import {expandFirst, expandUnitsHost} from '../host/fit_units';
import {takeUnitsHost} from '../host/take_units';
import {installModule, type Runner} from '../simd/install';
import {projection} from '../simd/projection';
import {heap} from './backend';
import {inHeap} from './execute';

const expanding: Runner = (simd, planner, otherwise) => expandFirst(heap)(inHeap(simd, planner, otherwise));

export function registerKernels(backendName = 'wasm'): void {
  installModule(backendName, expanding, projection, portable);
  installKernels(backendName, {ExpandUnits: expandUnitsHost(heap), TakeUnits: takeUnitsHost(heap)});
}

registerKernels();
