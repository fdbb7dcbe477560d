import type {TensorInfo} from '@tensorflow/tfjs';

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
