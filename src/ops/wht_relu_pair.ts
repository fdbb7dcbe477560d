import * as tf from '@tensorflow/tfjs';
import {isFirstOrder, isNativeHere, type KernelDefinition, runKernel, runKernelOutputs} from '../engine';
import {fail} from '../errors';
import {FINITE, toFloatTensor} from './check';
import {inShapeOf, reluPairGradientKernel, reluPairKernel, reluPairSlopesKernel} from './relu_pair';
import {checkTransform, signedWalshHadamardKernel, type WalshHadamardArgs} from './walsh_hadamard';

/** The three vectors have one number for each position of the axis, the slopes perhaps in a shape with axes of 1 around. */
type Inputs = {x: tf.Tensor; signs: tf.Tensor; negative: tf.Tensor; positive: tf.Tensor};
type Backward = Omit<Inputs, 'x'> & {z: tf.Tensor; dy: tf.Tensor};
type Attrs = {axis: number; scale: number};

const unitsOf = (x: tf.Tensor, axis: number) => ({
  units: x.shape[axis],
  inner: tf.util.sizeFromShape(x.shape.slice(axis + 1)),
});

/** z = scale H (signs x). */
const transformed = ({x, signs}: Pick<Inputs, 'x' | 'signs'>, attrs: Attrs) =>
  runKernel(signedWalshHadamardKernel, {x, signs}, {...attrs, transposed: false});

/** y = reluPair(scale H (signs x), negative, positive) along one axis. */
export const whtReLUPairKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'WHTReLUPair',
  inputs: ['x', 'signs', 'negative', 'positive'],
  forward: (inputs, attrs) => pairOf(transformed(inputs, attrs), inputs, attrs),
  gradient: {
    saved: ['x', 'signs', 'negative', 'positive'],
    run: (dy, inputs, attrs, isWanted) => {
      const {x, signs, negative, positive} = inputs;
      const outputs =
        isWanted?.('x') === false
          ? runKernelOutputs(whtReLUPairSlopesKernel, {x, signs, dy}, attrs)
          : runKernelOutputs(whtReLUPairGradientKernel, {...inputs, dy}, attrs);
      const [dpositive, dnegative, dx] = [...outputs].reverse();
      return {
        x: () => dx,
        signs: () => signsGradient(dy, inputs, attrs),
        negative: () => inShapeOf(negative, dnegative),
        positive: () => inShapeOf(positive, dpositive),
      };
    },
  },
};

const pairOf = (z: tf.Tensor, {negative, positive}: Pick<Inputs, 'negative' | 'positive'>, {axis}: Attrs) =>
  runKernel(reluPairKernel, {x: z, negative, positive}, unitsOf(z, axis));

/**
 * The same for training, where a backend has it: z is kept for the backward pass in place of x, which saves that pass one
 * transform of two. Nobody can ask for the derivative by the signs.
 */
export const whtReLUPairForwardKernel: KernelDefinition<Inputs, Attrs, {z: tf.Tensor}> = {
  name: 'WHTReLUPairForward',
  inputs: ['x', 'signs', 'negative', 'positive'],
  forward: (inputs, attrs) => {
    const z = transformed(inputs, attrs);
    return [pairOf(z, inputs, attrs), z];
  },
  gradient: {
    saved: ['signs', 'negative', 'positive'],
    kept: ['z'],
    run: (dy, {z, signs, negative, positive}, attrs, isWanted) => {
      const outputs =
        isWanted?.('x') === false
          ? runKernelOutputs(reluPairSlopesKernel, {x: z, dy}, unitsOf(z, attrs.axis))
          : runKernelOutputs(whtReLUPairBackwardKernel, {z, signs, negative, positive, dy}, attrs);
      const [dpositive, dnegative, dx] = [...outputs].reverse();
      return {
        x: () => dx,
        negative: () => inShapeOf(negative, dnegative),
        positive: () => inShapeOf(positive, dpositive),
      };
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
    return [runKernel(signedWalshHadamardKernel, {x: dz, signs}, {...attrs, transposed: true}), ...dslopes];
  },
};

/**
 * The derivatives of sum(dy * whtReLUPair(x)) by x, negative and positive. It transforms x again: on a GPU that is cheaper
 * than to write z and read it.
 */
export const whtReLUPairGradientKernel: KernelDefinition<Inputs & {dy: tf.Tensor}, Attrs> = {
  name: 'WHTReLUPairGradient',
  inputs: ['x', 'signs', 'negative', 'positive', 'dy'],
  forward: ({x, ...others}, attrs) =>
    runKernelOutputs(whtReLUPairBackwardKernel, {z: transformed({x, ...others}, attrs), ...others}, attrs),
};

/** The derivatives by the slopes alone, where x is data: that saves the transform back. */
export const whtReLUPairSlopesKernel: KernelDefinition<Pick<Inputs, 'x' | 'signs'> & {dy: tf.Tensor}, Attrs> = {
  name: 'WHTReLUPairSlopes',
  inputs: ['x', 'signs', 'dy'],
  forward: ({x, signs, dy}, attrs) =>
    runKernelOutputs(reluPairSlopesKernel, {x: transformed({x, signs}, attrs), dy}, unitsOf(x, attrs.axis)),
};

/** Rarely wanted, so not a part of the kernel: most signs are fixed. */
function signsGradient(dy: tf.Tensor, inputs: Inputs, attrs: Attrs): tf.Tensor {
  const {x, signs, negative, positive} = inputs;
  const byPair = {x: transformed(inputs, attrs), negative, positive, dy};
  const [dz] = runKernelOutputs(reluPairGradientKernel, byPair, unitsOf(x, attrs.axis));
  return signedWalshHadamardKernel.gradient!.run(dz, {x, signs}, {...attrs, transposed: false}).signs();
}

/**
 * Walsh-Hadamard transform of one axis, then two slopes for each position of it, in one step.
 *
 * `y = reluPair(H (signs * x) / sqrt(n), negative, positive)`
 *
 * The same numbers as `reluPair(walshHadamard(x, args), ...)` with slopes along the transformed axis. One kernel runs
 * forward and one backward, and between them one tensor is kept where the two ops keep two.
 * Use it in loops of your own; `layers.whtProjection({activation: 'reluPair'})` takes it by itself.
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
    const inputs = {
      x: input,
      signs: signs ?? tf.ones([n]),
      negative: perPosition(negative, 'negative', input, attrs.axis),
      positive: perPosition(positive, 'positive', input, attrs.axis),
    };
    return run(inputs, attrs, signs === undefined) as T;
  });
}

/** The same without checks, normalized, for an axis counted from the front. `fixed`: nobody wants the derivative by the signs. */
export function signedWhtReLUPair(
  x: tf.Tensor,
  slopes: tf.Tensor[],
  {axis, signs, fixed}: {axis: number; signs: tf.Tensor; fixed: boolean},
): tf.Tensor {
  const n = signs.size;
  const [negative, positive] = slopes.map((t) => (t.size === n ? t : perPosition(t, 'slopes', x, axis)));
  return run({x, signs, negative, positive}, {axis, scale: 1 / Math.sqrt(n)}, fixed);
}

/** In a gradient inside of another one x itself must be on the tape. */
function run(inputs: Inputs, attrs: Attrs, fixed: boolean): tf.Tensor {
  const keepsTransform = fixed && isFirstOrder() && isNativeHere(whtReLUPairForwardKernel.name);
  return keepsTransform
    ? runKernel(whtReLUPairForwardKernel, inputs, attrs)
    : runKernel(whtReLUPairKernel, inputs, attrs);
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
