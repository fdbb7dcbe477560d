import * as tf from '@tensorflow/tfjs';
import {type KernelDefinition, runKernel} from '../engine';

/** From `units` to `size` units of an axis: `tiled`, its own again from the first on, or else zeros. */
type Attrs = {axis: number; units: number; size: number; tiled: boolean};

export const expandUnitsKernel: KernelDefinition<{x: tf.Tensor}, Attrs> = {
  name: 'ExpandUnits',
  inputs: ['x'],
  forward: ({x}, {axis, units, size, tiled}) => {
    if (!tiled) return padUnits(x, axis, size - units);
    const copies = Math.floor(size / units);
    const whole = copies === 1 ? x : repeatAxis(x, axis, copies);
    const rest = size - copies * units;
    return rest === 0 ? whole : tf.concat([whole, someUnits(x, axis, 0, rest)], axis);
  },
  gradient: {
    saved: [],
    run: (dy, _, {axis, units, size, tiled}) => ({
      x: () => {
        if (!tiled) return someUnits(dy, axis, 0, units);
        const copies = Math.floor(size / units);
        const rest = size - copies * units;
        const sum = sumOfCopies(rest === 0 ? dy : someUnits(dy, axis, 0, copies * units), axis, copies);
        if (rest === 0) return sum;
        return tf.add(sum, padUnits(someUnits(dy, axis, copies * units, rest), axis, units - rest));
      },
    }),
  },
};

/** An axis made longer, to `size` units: by its own units again from the first on ('tile'), or by zeros ('pad'). */
export function expandUnits(x: tf.Tensor, axis: number, size: number, how: 'tile' | 'pad'): tf.Tensor {
  const units = x.shape[axis];
  if (units === size) return x;
  return runKernel(expandUnitsKernel, {x}, {axis, units, size, tiled: how === 'tile'});
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
