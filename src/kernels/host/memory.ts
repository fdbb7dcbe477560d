import type {KernelFunc, TensorInfo} from '@tensorflow/tfjs';

/**
 * How a backend's memory is read and written from JavaScript. The kernels of this folder need no more, so any backend
 * that can give this has them.
 */
export interface HostMemory {
  /** The values of a float32 tensor, perhaps a view: not to be written. */
  read(backend: unknown, tensor: TensorInfo): Float32Array;
  write(backend: unknown, shape: number[], values: Float32Array): TensorInfo;
}

/** Memory that JavaScript writes to without a copy. */
export interface OwnMemory extends HostMemory {
  /** A new tensor, whose values are whatever was there before `fill` writes all of them. */
  make(backend: unknown, shape: number[], fill: (values: Float32Array) => void): TensorInfo;
}

export type HostKernel = (memory: HostMemory) => KernelFunc;
