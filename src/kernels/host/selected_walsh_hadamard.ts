import {util} from '@tensorflow/tfjs';
import {putUnits, takeUnits} from '../../math/take_units';
import {walshHadamard} from '../../math/walsh_hadamard';
import {readExpanded} from './fit_units';
import type {HostKernel} from './memory';
import {unitsOf, withUnits} from './take_units';

export const selectedWalshHadamardHost: HostKernel = (memory) => (call) => {
  const {inputs, attrs, backend} = call;
  const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed: boolean};
  const x = inputs.x!;
  const signs = memory.read(backend, inputs.signs!);
  const indices = unitsOf(memory, backend, inputs.indices!);
  const n = signs.length;
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const shape = withUnits(x, axis, transposed ? n : indices.length);
  const y = new Float32Array(util.sizeFromShape(shape));
  const values = transposed ? memory.read(backend, x) : readExpanded(memory, call, n);
  const outer = util.sizeFromShape(x.shape.slice(0, axis));
  const all = transposed ? y : new Float32Array(values.length);
  if (transposed) putUnits(values, all, indices, n, inner);
  const diagonal = transposed ? {after: signs} : {before: signs};
  if (all.length > 0) walshHadamard(transposed ? all : values, all, outer, n, inner, {scale, ...diagonal});
  if (!transposed) takeUnits(all, y, indices, n, inner);
  return memory.write(backend, shape, y);
};
