import {type TensorInfo, util} from '@tensorflow/tfjs';
import type {OwnMemory} from '../host/memory';

/** What our kernels use of tfjs's cpu backend. */
export interface CpuBackend {
  data: {get(dataId: object): {values: Float32Array}};
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** The values of a tensor where they are: not to be written. */
export function read(backend: CpuBackend, {dataId}: TensorInfo): Float32Array {
  return backend.data.get(dataId).values;
}

export function write(backend: CpuBackend, shape: number[], values: Float32Array): TensorInfo {
  return backend.makeTensorInfo(shape, 'float32', values);
}

/** For loops in JavaScript. */
export const memory: OwnMemory = {
  read: (backend, tensor) => read(backend as CpuBackend, tensor),
  write: (backend, shape, values) => write(backend as CpuBackend, shape, values),
  make: (backend, shape, fill) => {
    const values = new Float32Array(util.sizeFromShape(shape));
    fill(values);
    return write(backend as CpuBackend, shape, values);
  },
};
