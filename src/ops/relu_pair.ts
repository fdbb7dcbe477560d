import * as tf from '@tensorflow/tfjs';
import {constant, type KernelDefinition, runKernel, runKernelOutputs} from '../engine';
import {fail} from '../errors';
import {FINITE, toFloatTensor} from './check';

type Inputs = {x: tf.Tensor; negative: tf.Tensor; positive: tf.Tensor};
/** x is seen as [outer, units, inner], whatever its rank; the slopes have `units` elements. */
type Attrs = {units: number; inner: number};

/** y = x * (x < 0 ? negative : positive). */
export const reluPairKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'ReLUPair',
  inputs: ['x', 'negative', 'positive'],
  forward: ({x, negative, positive}, attrs) => {
    if (x.size === 0) return tf.clone(x); // webgpu fails to select among no elements
    const view = unitsView(x, attrs);
    return tf.reshape(tf.mul(view, slopesOf(view, negative, positive, attrs)), x.shape);
  },
  gradient: {
    saved: ['x', 'negative', 'positive'],
    run: (dy, inputs, attrs, isWanted) => {
      const outputs =
        isWanted?.('x') === false
          ? runKernelOutputs(reluPairSlopesKernel, {x: inputs.x, dy}, attrs)
          : runKernelOutputs(reluPairGradientKernel, {...inputs, dy}, attrs);
      return pairDerivatives(inputs, outputs);
    },
  },
};

/** The three derivatives of sum(dy * reluPair(x, negative, positive)) in one pass. */
export const reluPairGradientKernel: KernelDefinition<Inputs & {dy: tf.Tensor}, Attrs> = {
  name: 'ReLUPairGradient',
  inputs: ['x', 'negative', 'positive', 'dy'],
  forward: ({x, negative, positive, dy}, attrs) => {
    if (x.size === 0) return [x, negative, positive].map((t) => tf.zeros(t.shape));
    const view = unitsView(x, attrs);
    const upstream = tf.reshape(dy, view.shape) as tf.Tensor3D;
    const dx = tf.reshape(tf.mul(upstream, slopesOf(view, negative, positive, attrs)), x.shape);
    return [dx, ...sumsOfSlopes(view, upstream, [negative.shape, positive.shape])];
  },
};

/** The derivatives by the slopes alone, where x is data: their sums of dy x, in vectors [units]. */
export const reluPairSlopesKernel: KernelDefinition<{x: tf.Tensor; dy: tf.Tensor}, Attrs> = {
  name: 'ReLUPairSlopes',
  inputs: ['x', 'dy'],
  forward: ({x, dy}, attrs) => {
    const shape = [attrs.units];
    if (x.size === 0) return [tf.zeros(shape), tf.zeros(shape)];
    const view = unitsView(x, attrs);
    return sumsOfSlopes(view, tf.reshape(dy, view.shape), [shape, shape]);
  },
};

/** dy x over all elements of a unit: of those below zero, and of the others. */
function sumsOfSlopes(view: tf.Tensor3D, dy: tf.Tensor3D, shapes: number[][]): tf.Tensor[] {
  const below = isBelow(view);
  const product = tf.mul(dy, view);
  const none = tf.zerosLike(product);
  const parts = [tf.where(below, product, none), tf.where(below, none, product)];
  return parts.map((part, i) => tf.reshape(tf.sum(part, [0, 2]), shapes[i]));
}

/** By x, if it is the first of three outputs, and by the slopes, in their shapes. */
export function pairDerivatives({negative, positive}: Pick<Inputs, 'negative' | 'positive'>, outputs: tf.Tensor[]) {
  const [dpositive, dnegative, dx] = [...outputs].reverse();
  return {
    x: () => dx,
    negative: () => inShapeOf(negative, dnegative),
    positive: () => inShapeOf(positive, dpositive),
  };
}

const inShapeOf = (like: tf.Tensor, d: tf.Tensor) =>
  tf.util.arraysEqual(d.shape, like.shape) ? d : tf.reshape(d, like.shape);

/**
 * Multiplies each element by one of two slopes, chosen by its sign.
 *
 * `y = x * (x < 0 ? negative : positive)`
 *
 * With slopes 0 and 1 this is ReLU, with both equal the unit is linear and has no breakpoint. Two trainable slopes per
 * unit are the two parameters per breakpoint of S. O'Connor's switch nets; unlike `tf.prelu` it is right for any
 * broadcast on every backend. Use it in loops of your own; `layers.reluPair` holds the slopes.
 *
 * @param x Float32 tensor of rank >= 1.
 * @param negative Slopes below zero, broadcastable to the shape of `x`: a number, or for example a tensor [units].
 * @param positive Slopes from zero up, broadcastable to the shape of `x`. At x = 0 the derivative is this slope.
 * @returns Tensor of the shape of `x`. NaN in `x` stays NaN.
 * @throws If a slope cannot be broadcast to the shape of `x`, is a number that is not finite, or a dtype is not float32.
 *
 * Source: S. O'Connor, "1 million neurons and curve fitting".
 *
 * @example
 * pw.reluPair(tf.tensor1d([-2, 3]), 0.5, 2);  // [-1, 6]
 */
export function reluPair<T extends tf.Tensor>(
  x: T | tf.TensorLike,
  negative: tf.Tensor | tf.TensorLike,
  positive: tf.Tensor | tf.TensorLike,
): T {
  return tf.tidy(() => {
    const who = 'reluPair';
    const input = toFloatTensor(x, 'x', who, {minRank: 1});
    const below = toFloatTensor(negative, 'negative', who, {within: FINITE});
    const above = toFloatTensor(positive, 'positive', who, {within: FINITE});
    const first = Math.min(firstVaryingAxis(input, below, 'negative'), firstVaryingAxis(input, above, 'positive'));
    const end = Math.max(endOfVaryingAxes(input, below), endOfVaryingAxes(input, above));
    const block = input.shape.slice(first, end);
    const attrs = {
      units: tf.util.sizeFromShape(block),
      inner: tf.util.sizeFromShape(input.shape.slice(Math.max(first, end))),
    };
    return runKernel(
      reluPairKernel,
      {x: input, negative: expand(below, input, first, block), positive: expand(above, input, first, block)},
      attrs,
    ) as T;
  });
}

/** The same without checks, for slopes of all positions of x after the batch axis. */
export function reluPairOfUnits(x: tf.Tensor, negative: tf.Tensor, positive: tf.Tensor): tf.Tensor {
  return runKernel(reluPairKernel, {x, negative, positive}, {units: negative.size, inner: 1});
}

/** The first axis of x along which the slope varies; x.rank if it is one number. */
function firstVaryingAxis(x: tf.Tensor, slope: tf.Tensor, name: string): number {
  const lead = x.rank - slope.rank;
  if (!(lead >= 0 && slope.shape.every((size, i) => size === 1 || size === x.shape[lead + i]))) {
    fail(
      'reluPair',
      `${name} must be broadcastable to the shape [${x.shape}] of x`,
      `shape [${slope.shape}]`,
      `Its axes must be 1 or equal to those of x, counted from the last.`,
    );
  }
  const i = slope.shape.findIndex((size) => size !== 1);
  return i < 0 ? x.rank : lead + i;
}

function endOfVaryingAxes(x: tf.Tensor, slope: tf.Tensor): number {
  const lead = x.rank - slope.rank;
  return slope.shape.reduce((end, size, i) => (size === 1 ? end : lead + i + 1), 0);
}

/** The slope as one number per unit of the block, the axes from the first to the last along which any slope varies. */
function expand(slope: tf.Tensor, x: tf.Tensor, first: number, block: number[]): tf.Tensor {
  if (slope.size === tf.util.sizeFromShape(block)) return slope;
  const lead = x.rank - slope.rank;
  // No slopes at all: tfjs cannot differentiate a broadcast to no elements.
  if (block.includes(0)) return constant(() => tf.zeros(block), slope);
  const own = block.map((_, i) => (first + i < lead ? 1 : slope.shape[first + i - lead]));
  return tf.mul(tf.reshape(slope, own), tf.ones(block));
}

function unitsView(x: tf.Tensor, {units, inner}: Attrs): tf.Tensor3D {
  return tf.reshape(x, [x.size / (units * inner) || 0, units, inner]);
}

function isBelow(view: tf.Tensor): tf.Tensor {
  return constant(() => tf.less(view, 0));
}

function slopesOf(view: tf.Tensor, negative: tf.Tensor, positive: tf.Tensor, {units}: Attrs): tf.Tensor {
  return tf.where(isBelow(view), tf.reshape(negative, [units, 1]), tf.reshape(positive, [units, 1]));
}
