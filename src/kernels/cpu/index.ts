/** Native kernels of tfjs's cpu backend: SIMD modules on copies of the tensors, which is faster than loops on them. */

import {loopsOn} from '../host';
import type {HostMemory} from '../host/memory';
import {installModule} from '../simd/install';
import {optimizers} from '../simd/optimizers';
import {projection} from '../simd/projection';
import {waves} from '../simd/waves';
import {type CpuBackend, read, write} from './backend';
import {describe} from './describe';
import {inWorkspace} from './workspace';

const memory: HostMemory = {
  read: (backend, tensor) => read(backend as CpuBackend, tensor),
  write: (backend, shape, values) => write(backend as CpuBackend, shape, values),
};

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'cpu'. */
export function registerKernels(backendName = 'cpu'): void {
  installModule(backendName, inWorkspace, projection, loopsOn(memory), describe);
  installModule(backendName, inWorkspace, waves, loopsOn(memory), describe);
  installModule(backendName, inWorkspace, optimizers, loopsOn(memory), describe);
}

registerKernels();
