import * as tf from '@tensorflow/tfjs';
import {type Gradients, type KernelDefinition, passOn, runKernel} from '../engine';

/** `offset`, a vector of `moved` numbers, is added to the first units. Where that is 0 there is none. */
type Inputs = {x: tf.Tensor; offset?: tf.Tensor};

/** How an axis becomes longer: from `units`, by its own again from the first on (`tiled`) or else by zeros; `moved` get an offset. */
export type Expansion = {units: number; tiled: boolean; moved: number};
type Attrs = Expansion & {axis: number; size: number};

export const expandUnitsKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'ExpandUnits',
  inputs: ['x', 'offset'],
  forward: ({x, offset}, attrs) => {
    const {axis, size, moved} = attrs;
    const all = repeated(x, attrs);
    if (!offset) return all;
    const along = [size, ...x.shape.slice(axis + 1).map(() => 1)];
    return tf.add(all, tf.reshape(tf.pad1d(offset as tf.Tensor1D, [0, size - moved]), along));
  },
  gradient: {saved: [], run: (dy, _, attrs) => expansionGradients(() => dy, attrs.axis, attrs)},
};

/** The derivatives of sum(dy * y), where y is x expanded along an axis. */
export function expansionGradients(
  upstream: () => tf.Tensor,
  axis: number,
  {units, tiled, moved}: Expansion,
): Gradients {
  return {
    x: () => {
      const dy = upstream();
      const size = dy.shape[axis];
      if (units === size) return passOn(dy);
      if (!tiled) return someUnits(dy, axis, 0, units);
      const copies = Math.floor(size / units);
      const rest = size - copies * units;
      const sum = sumOfCopies(rest === 0 ? dy : someUnits(dy, axis, 0, copies * units), axis, copies);
      if (rest === 0) return sum;
      return tf.add(sum, padUnits(someUnits(dy, axis, copies * units, rest), axis, units - rest));
    },
    offset: () => {
      const dy = upstream();
      if (dy.size === 0) return tf.zeros([moved]);
      const others = dy.shape.map((_, i) => i).filter((i) => i !== axis);
      return tf.sum(someUnits(dy, axis, 0, moved), others);
    },
  };
}

function repeated(x: tf.Tensor, {axis, units, size, tiled}: Attrs): tf.Tensor {
  if (!tiled) return padUnits(x, axis, size - units);
  const copies = Math.floor(size / units);
  const whole = copies === 1 ? x : repeatAxis(x, axis, copies);
  const rest = size - copies * units;
  return rest === 0 ? whole : tf.concat([whole, someUnits(x, axis, 0, rest)], axis);
}

/** x with `size` units along an axis, and an offset. */
export function expanded(inputs: Inputs, axis: number, size: number, expansion: Expansion): tf.Tensor {
  if (expansion.units === size && expansion.moved === 0) return inputs.x;
  return runKernel(expandUnitsKernel, inputs, {axis, size, ...expansion});
}

/** How the input of a transform becomes as long as that is: `offset`, if any, is added to the first units. */
export interface HowToExpand {
  how: 'tile' | 'pad';
  offset: tf.Tensor | null;
}

/** As it is. */
export const unexpanded = (units: number): Expansion => ({units, tiled: false, moved: 0});

/** What a transform of `size` units is given to expand x as it reads it; with `isApart`, x is expanded before. */
export function expansionFor(
  x: tf.Tensor,
  axis: number,
  size: number,
  {how, offset}: HowToExpand = {how: 'pad', offset: null},
  isApart = false,
): {inputs: Inputs; expansion: Expansion} {
  const inputs = offset ? {x, offset} : {x};
  const expansion = {units: x.shape[axis], tiled: how === 'tile', moved: offset?.size ?? 0};
  if (!isApart) return {inputs, expansion};
  return {inputs: {x: expanded(inputs, axis, size, expansion)}, expansion: unexpanded(size)};
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
