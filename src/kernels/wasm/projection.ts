/**
 * The kernels of the projection alone, for small bundles: transform and ReLU pairs in a SIMD module on the tensors where
 * they are. Where there is no SIMD, ops of tfjs serve, not loops.
 */

import {installKernels, portable} from '../../engine';
import {expandUnitsHost} from '../host/fit_units';
import {takeUnitsHost} from '../host/take_units';
import {installModule} from '../simd/install';
import {projection} from '../simd/projection';
import {heap} from './backend';
import {inHeap} from './execute';

export function registerKernels(backendName = 'wasm'): void {
  installModule(backendName, inHeap, projection, portable);
  installKernels(backendName, {ExpandUnits: expandUnitsHost(heap), TakeUnits: takeUnitsHost(heap)});
}

registerKernels();
