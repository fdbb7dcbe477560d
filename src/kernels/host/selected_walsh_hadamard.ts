import {util} from '@tensorflow/tfjs';
import {putUnits, takeUnits} from '../../math/take_units';
import {walshHadamard} from '../../math/walsh_hadamard';
import type {HostKernel} from './memory';
import {unitsOf, withUnits} from './take_units';

export const selectedWalshHadamardHost: HostKernel =
  (memory) =>
  ({inputs, attrs, backend}) => {
    const {axis, scale, transposed} = attrs as unknown as {axis: number; scale: number; transposed: boolean};
    const x = inputs.x!;
    const [values, signs] = [x, inputs.signs!].map((t) => memory.read(backend, t));
    const indices = unitsOf(memory, backend, inputs.indices!);
    const n = signs.length;
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const shape = withUnits(x, axis, transposed ? n : indices.length);
    const y = new Float32Array(util.sizeFromShape(shape));
    const outer = values.length / (x.shape[axis] * inner) || 0;
    const all = transposed ? y : new Float32Array(values.length);
    if (transposed) putUnits(values, all, indices, n, inner);
    const diagonal = transposed ? {after: signs} : {before: signs};
    if (outer > 0) walshHadamard(transposed ? all : values, all, outer, n, inner, {scale, ...diagonal});
    if (!transposed) takeUnits(all, y, indices, n, inner);
    return memory.write(backend, shape, y);
  };
