/** Native kernels of tfjs's wasm backend: SIMD modules of our own on the tensors where they are. */

import {loopsOn} from '../host';
import {installModule} from '../simd/install';
import {projection} from '../simd/projection';
import {waves} from '../simd/waves';
import {heap} from './backend';
import {theHeap} from './place';

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'wasm'. */
export function registerKernels(backendName = 'wasm'): void {
  installModule(backendName, theHeap, projection, loopsOn(heap));
  installModule(backendName, theHeap, waves, loopsOn(heap));
}

registerKernels();
