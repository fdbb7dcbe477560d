import {util} from '@tensorflow/tfjs';
import {walshHadamard} from '../../math/walsh_hadamard';
import {readExpanded} from './fit_units';
import type {HostKernel} from './memory';
import {withUnits} from './take_units';

/** WalshHadamard, and SignedWalshHadamard, which has the further input `signs`. */
export const walshHadamardHost: HostKernel = (memory) => (call) => {
  const {inputs, attrs, backend} = call;
  const x = inputs.x!;
  const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed?: boolean};
  const signs = inputs.signs && memory.read(backend, inputs.signs);
  const n = signs?.length ?? x.shape[axis];
  const shape = withUnits(x, axis, n);
  const inner = util.sizeFromShape(shape.slice(axis + 1));
  const values = signs ? readExpanded(memory, call, n) : memory.read(backend, x);
  const result = new Float32Array(values.length);
  const diagonal = transposed ? {after: signs} : {before: signs};
  if (values.length > 0) walshHadamard(values, result, values.length / (n * inner), n, inner, {scale, ...diagonal});
  return memory.write(backend, shape, result);
};
