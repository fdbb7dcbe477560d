/** Native kernels of tfjs's cpu backend: the SIMD module on copies of the tensors, which is faster than loops on them. */

import {installKernels} from '../../kernel';
import {hostKernels} from '../host';
import type {HostMemory} from '../host/memory';
import {planners} from '../simd';
import {describe} from './describe';
import {inWorkspace} from './workspace';

/** What these kernels use of tfjs's cpu backend. */
interface CpuBackend {
  data: {get(dataId: object): {values: Float32Array}};
  makeTensorInfo: (shape: number[], dtype: 'float32', values: Float32Array) => ReturnType<HostMemory['write']>;
}

const memory: HostMemory = {
  read: (backend, tensor) => (backend as CpuBackend).data.get(tensor.dataId).values,
  write: (backend, shape, values) => (backend as CpuBackend).makeTensorInfo(shape, 'float32', values),
};

/** Installs these kernels for a backend of another name but of this kind; importing this file did it for 'cpu'. */
export function registerKernels(backendName = 'cpu'): void {
  const kernels = Object.entries(planners).map(([name, planner]) => [
    name,
    inWorkspace(planner, hostKernels[name], memory),
  ]);
  installKernels(backendName, Object.fromEntries(kernels), describe);
}

registerKernels();
