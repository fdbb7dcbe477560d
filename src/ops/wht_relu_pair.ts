import * as tf from '@tensorflow/tfjs';
import {
  derivativeOrder,
  type Gradients,
  isNativeHere,
  type KernelDefinition,
  runKernel,
  runKernelOutputs,
} from '../engine';
import {fail} from '../errors';
import {FINITE, toFloatTensor} from './check';
import {type Expansion, expanded, expansionFor, expansionGradients, unexpanded} from './fit_units';
import {pairDerivatives, reluPairGradientKernel, reluPairKernel, reluPairSlopesKernel} from './relu_pair';
import {checkTransform, type Projection, signedWalshHadamardKernel, type WalshHadamardArgs} from './walsh_hadamard';

/** The three vectors have one number for each position of the axis, the slopes perhaps in a shape with axes of 1 around. */
type Vectors = {signs: tf.Tensor; negative: tf.Tensor; positive: tf.Tensor};
type Whole = Vectors & {x: tf.Tensor};
/** An offset where it moves anything. */
type Inputs = Whole & {offset?: tf.Tensor};
type Backward = Vectors & {z: tf.Tensor; dy: tf.Tensor};
type Attrs = {axis: number; scale: number};

const unitsOf = (x: tf.Tensor, axis: number) => ({
  units: x.shape[axis],
  inner: tf.util.sizeFromShape(x.shape.slice(axis + 1)),
});

/** z = scale H (signs E x). */
function transformed(inputs: Omit<Inputs, 'negative' | 'positive'>, attrs: Attrs & Expansion): tf.Tensor {
  const {x, signs, offset} = inputs;
  const expanding = offset ? {x, signs, offset} : {x, signs};
  return runKernel(signedWalshHadamardKernel, expanding, {...attrs, transposed: false, fixed: false});
}

/** z of an input that is as long as the signs. */
const transformedWhole = (inputs: Pick<Whole, 'x' | 'signs'>, attrs: Attrs) =>
  transformed(inputs, {...attrs, ...unexpanded(inputs.signs.size)});

const pairOf = (z: tf.Tensor, {negative, positive}: Vectors, {axis}: Attrs) =>
  runKernel(reluPairKernel, {x: z, negative, positive}, unitsOf(z, axis));

/** y = reluPair(scale H (signs E x), negative, positive) along one axis, with E as in `signedWalshHadamardKernel`. */
export const whtReLUPairKernel: KernelDefinition<Inputs, Attrs & Expansion> = {
  name: 'WHTReLUPair',
  inputs: ['x', 'signs', 'negative', 'positive', 'offset'],
  forward: (inputs, attrs) => pairOf(transformed(inputs, attrs), inputs, attrs),
  gradient: {
    saved: ({moved}) => ['x', 'signs', 'negative', 'positive', ...(moved > 0 ? (['offset'] as const) : [])],
    run: (dy, inputs, {axis, scale, ...expansion}, isWanted) => {
      const {signs, negative, positive} = inputs;
      const x = expanded(inputs, axis, signs.size, expansion);
      const attrs = {axis, scale};
      const outputs = isOfSlopesAlone(isWanted)
        ? runKernelOutputs(whtReLUPairSlopesKernel, {x, signs, dy}, attrs)
        : runKernelOutputs(whtReLUPairGradientKernel, {x, signs, negative, positive, dy}, attrs);
      return {
        ...derivatives(inputs, outputs, axis, expansion),
        signs: () => signsGradient(dy, {x, signs, negative, positive}, attrs),
      };
    },
  },
};

/** Whether x is data, and an offset a constant. */
const isOfSlopesAlone = (isWanted: (input: string) => boolean = () => true) => !isWanted('x') && !isWanted('offset');

/** From those by the expanded x, if it is wanted, and by the slopes. */
function derivatives(vectors: Vectors, outputs: tf.Tensor[], axis: number, expansion: Expansion): Gradients {
  const byPair = pairDerivatives(vectors, outputs);
  return {...byPair, ...expansionGradients(byPair.x, axis, expansion)};
}

/**
 * The same for training, where a backend has it: z is kept for the backward pass in place of x, which saves that pass one
 * transform of two. Nobody can ask for the derivative by the signs.
 */
export const whtReLUPairForwardKernel: KernelDefinition<Inputs, Attrs & Expansion, {z: tf.Tensor}> = {
  name: 'WHTReLUPairForward',
  inputs: ['x', 'signs', 'negative', 'positive', 'offset'],
  forward: (inputs, attrs) => {
    const z = transformed(inputs, attrs);
    return [pairOf(z, inputs, attrs), z];
  },
  gradient: {
    saved: ['signs', 'negative', 'positive'],
    kept: ['z'],
    run: (dy, inputs, {axis, scale, ...expansion}, isWanted) => {
      const {z, signs, negative, positive} = inputs;
      const outputs = isOfSlopesAlone(isWanted)
        ? runKernelOutputs(reluPairSlopesKernel, {x: z, dy}, unitsOf(z, axis))
        : runKernelOutputs(whtReLUPairBackwardKernel, {z, signs, negative, positive, dy}, {axis, scale});
      return derivatives(inputs, outputs, axis, expansion);
    },
  },
};

/** The derivatives of sum(dy * reluPair(z, negative, positive)), z = scale H (signs x), by x, negative and positive. */
export const whtReLUPairBackwardKernel: KernelDefinition<Backward, Attrs> = {
  name: 'WHTReLUPairBackward',
  inputs: ['z', 'signs', 'negative', 'positive', 'dy'],
  forward: ({z, signs, negative, positive, dy}, attrs) => {
    const byPair = {x: z, negative, positive, dy};
    const [dz, ...dslopes] = runKernelOutputs(reluPairGradientKernel, byPair, unitsOf(z, attrs.axis));
    const back = {...attrs, ...unexpanded(signs.size), transposed: true, fixed: false};
    return [runKernel(signedWalshHadamardKernel, {x: dz, signs}, back), ...dslopes];
  },
};

/**
 * The derivatives of sum(dy * whtReLUPair(x)) by x, negative and positive. It transforms x again: on a GPU that is cheaper
 * than to write z and read it.
 */
export const whtReLUPairGradientKernel: KernelDefinition<Whole & {dy: tf.Tensor}, Attrs> = {
  name: 'WHTReLUPairGradient',
  inputs: ['x', 'signs', 'negative', 'positive', 'dy'],
  forward: ({x, ...others}, attrs) =>
    runKernelOutputs(whtReLUPairBackwardKernel, {z: transformedWhole({x, ...others}, attrs), ...others}, attrs),
};

/** The derivatives by the slopes alone, where x is data: that saves the transform back. */
export const whtReLUPairSlopesKernel: KernelDefinition<Pick<Whole, 'x' | 'signs'> & {dy: tf.Tensor}, Attrs> = {
  name: 'WHTReLUPairSlopes',
  inputs: ['x', 'signs', 'dy'],
  forward: ({x, signs, dy}, attrs) =>
    runKernelOutputs(reluPairSlopesKernel, {x: transformedWhole({x, signs}, attrs), dy}, unitsOf(x, attrs.axis)),
};

/** Rarely wanted, so not a part of the kernel: most signs are fixed. */
function signsGradient(dy: tf.Tensor, whole: Whole, attrs: Attrs): tf.Tensor {
  const {x, signs, negative, positive} = whole;
  const byPair = {x: transformedWhole(whole, attrs), negative, positive, dy};
  const [dz] = runKernelOutputs(reluPairGradientKernel, byPair, unitsOf(x, attrs.axis));
  const transform = {...attrs, ...unexpanded(signs.size), transposed: false, fixed: false};
  return signedWalshHadamardKernel.gradient!.run(dz, {x, signs}, transform).signs();
}

/**
 * Walsh-Hadamard transform of one axis, then two slopes for each position of it, in one step.
 *
 * `y = reluPair(H (signs * x) / sqrt(n), negative, positive)`
 *
 * The same numbers as `reluPair(walshHadamard(x, args), ...)` with slopes along the transformed axis, by one kernel
 * forward and one backward. Use it in loops of your own; `layers.whtProjection({activation: 'reluPair'})` takes it by itself.
 *
 * @param x Float32 tensor of rank >= 1 whose `axis` has a power of two of elements, n.
 * @param negative Slopes below zero: a number, a tensor [n], or one that `x` would broadcast along `axis`, such as [n, 1].
 * @param positive Slopes from zero up: the same.
 * @param args `axis`, `normalize`, `signs`, as of `walshHadamard`.
 * @returns Tensor of the shape of `x`.
 * @throws As `walshHadamard`, and if a slope is neither a number nor of shape [n], or is not finite.
 *
 * Source: S. O'Connor, "1 million neurons and curve fitting".
 *
 * @example
 * pw.whtReLUPair(tf.tensor1d([1, 2, 3, 4]), 0.5, 1, {normalize: false});  // [10, -1, -2, 0]
 */
export function whtReLUPair<T extends tf.Tensor>(
  x: T | tf.TensorLike,
  negative: tf.Tensor | tf.TensorLike,
  positive: tf.Tensor | tf.TensorLike,
  args: WalshHadamardArgs = {},
): T {
  return tf.tidy(() => {
    const {input, attrs, signs} = checkTransform(x, args, 'whtReLUPair');
    const n = input.shape[attrs.axis];
    const slopes = [
      perPosition(negative, 'negative', input, attrs.axis),
      perPosition(positive, 'positive', input, attrs.axis),
    ];
    const projection = {axis: attrs.axis, signs: signs ?? tf.ones([n]), fixed: signs === undefined};
    return blockOf(input, slopes, projection, attrs.scale) as T;
  });
}

/** The same without checks, normalized. */
export function signedWhtReLUPair(x: tf.Tensor, slopes: tf.Tensor[], projection: Projection): tf.Tensor {
  const n = projection.signs.size;
  const vectors = slopes.map((t) => (t.size === n ? t : perPosition(t, 'slopes', x, projection.axis)));
  return blockOf(x, vectors, projection, 1 / Math.sqrt(n));
}

function blockOf(
  x: tf.Tensor,
  slopes: tf.Tensor[],
  {axis, signs, fixed, expand}: Projection,
  scale: number,
): tf.Tensor {
  // In a gradient inside of another one, and for the derivative by the signs, x itself must be kept.
  const order = derivativeOrder();
  const keepsInput = order > 1 || (order === 1 && !fixed);
  const {inputs, expansion} = expansionFor(x, axis, signs.size, expand, keepsInput);
  const [negative, positive] = slopes;
  const all = {...inputs, signs, negative, positive};
  const attrs = {axis, scale, ...expansion};
  return order > 0 && !keepsInput && isNativeHere(whtReLUPairForwardKernel.name)
    ? runKernel(whtReLUPairForwardKernel, all, attrs)
    : runKernel(whtReLUPairKernel, all, attrs);
}

function perPosition(slopes: tf.Tensor | tf.TensorLike, name: string, x: tf.Tensor, axis: number): tf.Tensor {
  const who = 'whtReLUPair';
  const n = x.shape[axis];
  const tensor = toFloatTensor(slopes, name, who, {within: FINITE});
  const isAlong = tensor.size === n && (tensor.rank === 1 || tensor.shape[axis - x.rank + tensor.rank] === n);
  if (isAlong && tensor.rank <= x.rank) return tensor;
  if (tensor.size !== 1) {
    fail(
      who,
      `${name} must be one number, or have shape [${n}]`,
      `shape [${tensor.shape}]`,
      `For slopes of another shape use reluPair(walshHadamard(x), ...).`,
    );
  }
  return tf.mul(tf.reshape(tensor, [1]), tf.ones([n]));
}
