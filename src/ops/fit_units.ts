import * as tf from '@tensorflow/tfjs';
import {type KernelDefinition, passOn, runKernel} from '../engine';

/** `offset` is added to the first units: a vector, of no elements for none. */
type Inputs = {x: tf.Tensor; offset: tf.Tensor};
/** From `units` to `size` units of an axis: `tiled`, its own again from the first on, or else zeros. */
type Attrs = {axis: number; units: number; size: number; tiled: boolean};

export const expandUnitsKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'ExpandUnits',
  inputs: ['x', 'offset'],
  forward: ({x, offset}, attrs) => {
    const {axis, size} = attrs;
    const all = expanded(x, attrs);
    if (offset.size === 0) return all;
    const along = [size, ...x.shape.slice(axis + 1).map(() => 1)];
    return tf.add(all, tf.reshape(tf.pad1d(offset as tf.Tensor1D, [0, size - offset.size]), along));
  },
  gradient: {
    saved: ['offset'],
    run: (dy, {offset}, {axis, units, size, tiled}) => ({
      x: () => {
        if (units === size) return passOn(dy);
        if (!tiled) return someUnits(dy, axis, 0, units);
        const copies = Math.floor(size / units);
        const rest = size - copies * units;
        const sum = sumOfCopies(rest === 0 ? dy : someUnits(dy, axis, 0, copies * units), axis, copies);
        if (rest === 0) return sum;
        return tf.add(sum, padUnits(someUnits(dy, axis, copies * units, rest), axis, units - rest));
      },
      offset: () => {
        if (dy.size === 0) return tf.zerosLike(offset);
        const others = dy.shape.map((_, i) => i).filter((i) => i !== axis);
        return tf.sum(someUnits(dy, axis, 0, offset.size), others);
      },
    }),
  },
};

function expanded(x: tf.Tensor, {axis, units, size, tiled}: Attrs): tf.Tensor {
  if (!tiled) return padUnits(x, axis, size - units);
  const copies = Math.floor(size / units);
  const whole = copies === 1 ? x : repeatAxis(x, axis, copies);
  const rest = size - copies * units;
  return rest === 0 ? whole : tf.concat([whole, someUnits(x, axis, 0, rest)], axis);
}

/**
 * An axis made longer, to `size` units: by its own units again from the first on ('tile'), or by zeros ('pad'). `offset`, if any,
 * is added to the first of them.
 */
export function expandUnits(
  x: tf.Tensor,
  axis: number,
  size: number,
  how: 'tile' | 'pad',
  offset: tf.Tensor | null = null,
): tf.Tensor {
  const units = x.shape[axis];
  if (units === size && !offset) return x;
  return runKernel(expandUnitsKernel, {x, offset: offset ?? tf.zeros([0])}, {axis, units, size, tiled: how === 'tile'});
}

function someUnits(x: tf.Tensor, axis: number, start: number, count: number): tf.Tensor {
  const begin = x.shape.map((_, i) => (i === axis ? start : 0));
  return tf.slice(x, begin, withUnits(x, axis, count));
}

function padUnits(x: tf.Tensor, axis: number, after: number): tf.Tensor {
  return tf.pad(
    x,
    x.shape.map((_, i): [number, number] => [0, i === axis ? after : 0]),
  );
}

/** An axis as copies of one: [outer, copies, the rest]. */
function copiesView(x: tf.Tensor, axis: number, copies: number): tf.Tensor3D {
  const outer = tf.util.sizeFromShape(x.shape.slice(0, axis));
  return tf.reshape(x, [outer, copies, tf.util.sizeFromShape(x.shape.slice(axis)) / copies]);
}

const withUnits = (x: tf.Tensor, axis: number, units: number) => x.shape.map((size, i) => (i === axis ? units : size));

function repeatAxis(x: tf.Tensor, axis: number, copies: number): tf.Tensor {
  const repeated = tf.mul(copiesView(x, axis, 1), tf.ones([copies, 1]));
  return tf.reshape(repeated, withUnits(x, axis, copies * x.shape[axis]));
}

function sumOfCopies(x: tf.Tensor, axis: number, copies: number): tf.Tensor {
  const shape = withUnits(x, axis, x.shape[axis] / copies);
  // wasm would return what was in its memory.
  return x.size === 0 ? tf.zeros(shape) : tf.reshape(tf.sum(copiesView(x, axis, copies), 1), shape);
}
