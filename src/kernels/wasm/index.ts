/** Native kernels of tfjs's wasm backend: a SIMD module of our own on the tensors where they are. */

import {installKernels} from '../../kernel';
import {hostKernels} from '../host';
import {planners} from '../simd';
import {describe} from './describe';
import {inHeap} from './execute';

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'wasm'. */
export function registerKernels(backendName = 'wasm'): void {
  const kernels = Object.entries(planners).map(([name, planner]) => [name, inHeap(planner, hostKernels[name])]);
  installKernels(backendName, Object.fromEntries(kernels), describe);
}

registerKernels();
