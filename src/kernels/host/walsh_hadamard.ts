import {util} from '@tensorflow/tfjs';
import {walshHadamard} from '../../math/walsh_hadamard';
import type {HostKernel} from './memory';

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export const walshHadamardHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const x = inputs.x!;
    const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
    const n = x.shape[axis];
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const values = memory.read(backend, x);
    const result = new Float32Array(values.length);
    const signs = inputs.signs && memory.read(backend, inputs.signs);
    const diagonal = transposed ? {after: signs} : {before: signs};
    if (values.length > 0) walshHadamard(values, result, values.length / (n * inner), n, inner, {scale, ...diagonal});
    return memory.write(backend, x.shape, result);
  };
