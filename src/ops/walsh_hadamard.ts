import * as tf from '@tensorflow/tfjs';
import {type KernelDefinition, runKernel} from '../engine';
import {fail, type Names, requireBoolean, requireOptions} from '../errors';
import {hadamardMatrix, hadamardOrders} from '../math/hadamard_matrix';
import {FINITE, normalizeAxis, toFloatTensor} from './check';
import {type Expansion, expanded, expansionFor, expansionGradients, type HowToExpand, unexpanded} from './fit_units';

type Attrs = {axis: number; scale: number};
/** `fixed`: nobody wants the derivative by the signs, so x is not kept for it. */
type SignedAttrs = Attrs & {transposed: boolean; fixed: boolean} & Expansion;
/** An offset where it moves anything. */
type SignedInputs = {x: tf.Tensor; signs: tf.Tensor; offset?: tf.Tensor};

/** y = scale H x along one axis. H is symmetric, so the derivative is the transform of dy. */
export const walshHadamardKernel: KernelDefinition<{x: tf.Tensor}, Attrs> = {
  name: 'WalshHadamard',
  inputs: ['x'],
  forward: ({x}, {axis, scale}) => hadamardProduct(x, axis, scale),
  gradient: {
    saved: [],
    run: (dy, _, attrs) => ({x: () => runKernel(walshHadamardKernel, {x: dy}, attrs)}),
  },
};

/**
 * y = scale H (signs E x) along one axis, where E expands x to the length of the signs and adds the offset; transposed, and then
 * as long as the signs are, y = scale signs (H x): the adjoint.
 */
export const signedWalshHadamardKernel: KernelDefinition<SignedInputs, SignedAttrs> = {
  name: 'SignedWalshHadamard',
  inputs: ['x', 'signs', 'offset'],
  forward: (inputs, attrs) => {
    const {axis, scale, transposed} = attrs;
    const diagonal = alongAxis(inputs.signs, axis, inputs.x.rank);
    return transposed
      ? tf.mul(hadamardProduct(inputs.x, axis, scale), diagonal)
      : hadamardProduct(tf.mul(expanded(inputs, axis, inputs.signs.size, attrs), diagonal), axis, scale);
  },
  gradient: {
    saved: ({fixed, moved}) => [
      ...(fixed ? [] : (['x'] as const)),
      'signs',
      ...(fixed || moved === 0 ? [] : (['offset'] as const)),
    ],
    run: (dy, inputs, attrs) => {
      const {axis, scale, transposed} = attrs;
      const {signs} = inputs;
      const back = {...attrs, ...unexpanded(signs.size), transposed: !transposed};
      const byAll = () => runKernel(signedWalshHadamardKernel, {x: dy, signs}, back);
      return {
        ...expansionGradients(byAll, axis, attrs),
        signs: () => {
          if (dy.size === 0) return tf.zeros(signs.shape); // wasm would return what was in its memory
          const x = expanded(inputs, axis, signs.size, attrs);
          const [diagonal, transformed] = transposed ? [dy, x] : [x, dy];
          const otherAxes = dy.shape.map((_, i) => i).filter((i) => i !== axis);
          return tf.sum(tf.mul(diagonal, runKernel(walshHadamardKernel, {x: transformed}, {axis, scale})), otherAxes);
        },
      };
    },
  },
};

/** Options of {@link walshHadamard}. */
export interface WalshHadamardArgs {
  /** The axis to transform. Default: -1, the last one. */
  axis?: number;
  /** Divide by sqrt(n), which makes the transform orthonormal and its own inverse. Default: true. */
  normalize?: boolean;
  /** Diagonal [n] multiplied into x first, usually random signs. Gradients flow to it. */
  signs?: tf.Tensor | tf.TensorLike;
}

/**
 * Walsh-Hadamard transform of one axis, in natural (Sylvester) order.
 *
 * `y = H (signs * x) / sqrt(n)`, with `H[i][j] = (-1)^popcount(i & j)`; without `normalize` no division.
 *
 * Mixes n values with n log2(n) additions and no weights. With random signs it is a random rotation: the basis of fast
 * random projection. Use it in layers and loops of your own; `layers.whtProjection` is the same as a layer, of any width.
 *
 * @param x Float32 tensor of rank >= 1 whose `axis` has a power of two of elements (1 included).
 * @param args `axis`, `normalize`, `signs`.
 * @returns Tensor of the shape of `x`.
 * @throws If the axis length is not a power of two, the axis does not exist, `signs` has not the shape [n], or a dtype
 *     is not float32.
 *
 * Source: Ailon and Chazelle, "The fast Johnson-Lindenstrauss transform", 2009.
 *
 * @example
 * pw.walshHadamard(tf.tensor1d([1, 2, 3, 4]), {normalize: false});  // [10, -2, -4, 0]
 */
export function walshHadamard<T extends tf.Tensor>(x: T | tf.TensorLike, args: WalshHadamardArgs = {}): T {
  return tf.tidy(() => {
    const {input, attrs, signs} = checkTransform(x, args, 'walshHadamard');
    if (!signs) return runKernel(walshHadamardKernel, {x: input}, attrs) as T;
    return transformOf(input, {axis: attrs.axis, signs, fixed: false}, attrs.scale) as T;
  });
}

/** A transform along an axis counted from the front, of an input that is expanded to the length of the signs, if asked. */
export interface Projection {
  axis: number;
  signs: tf.Tensor;
  /** Nobody wants the derivative by the signs. */
  fixed: boolean;
  expand?: HowToExpand;
}

function transformOf(x: tf.Tensor, {axis, signs, fixed, expand}: Projection, scale: number): tf.Tensor {
  const {inputs, expansion} = expansionFor(x, axis, signs.size, expand);
  return runKernel(
    signedWalshHadamardKernel,
    {...inputs, signs},
    {axis, scale, transposed: false, fixed, ...expansion},
  );
}

/** The orthonormal transform of `signs * x`, for callers that have checked them. */
export function signedWalshHadamard(x: tf.Tensor, projection: Projection): tf.Tensor {
  return transformOf(x, projection, 1 / Math.sqrt(projection.signs.size));
}

const OPTIONS: Names<WalshHadamardArgs> = {axis: true, normalize: true, signs: true};

/** The arguments of a transform, checked. */
export function checkTransform(x: tf.Tensor | tf.TensorLike, args: WalshHadamardArgs, who: string) {
  requireOptions(args, OPTIONS, who);
  const [axis, normalize] = [args.axis ?? -1, requireBoolean(args.normalize ?? true, 'normalize', who)];
  const signs = args.signs ?? undefined;
  const input = toFloatTensor(x, 'x', who, {minRank: 1});
  const attrs: Attrs = {axis: normalizeAxis(axis, input.rank, who), scale: 1};
  const n = input.shape[attrs.axis];
  if (!isPowerOfTwo(n)) {
    const next = 2 ** Math.ceil(Math.log2(Math.max(n, 1)));
    const pads = input.shape.map((_, i) => (i === attrs.axis ? `[0, ${next - n}]` : '[0, 0]'));
    fail(
      who,
      `axis ${axis} of x must have a power of two of elements`,
      `shape [${input.shape}]`,
      `Pad it, for example tf.pad(x, [${pads.join(', ')}]), or use layers.whtProjection, which takes any width.`,
    );
  }
  if (normalize) attrs.scale = 1 / Math.sqrt(n);
  if (signs === undefined) return {input, attrs};
  const diagonal = toFloatTensor(signs, 'signs', who, {within: FINITE});
  if (!(diagonal.rank === 1 && diagonal.shape[0] === n)) {
    fail(
      who,
      `signs must have shape [${n}]`,
      `shape [${diagonal.shape}]`,
      `For example pw.randomSigns(${n}, {seed: 1}).`,
    );
  }
  return {input, attrs, signs: diagonal};
}

function isPowerOfTwo(n: number): boolean {
  return n >= 1 && Number.isInteger(Math.log2(n));
}

/** A vector as a tensor that broadcasts along `axis` of a tensor of rank `rank`. */
function alongAxis(v: tf.Tensor, axis: number, rank: number): tf.Tensor {
  return tf.reshape(v, [-1, ...new Array<number>(rank - 1 - axis).fill(1)]);
}

/**
 * scale H x along one axis from tfjs ops, by H(ab) = H(a) kron H(b): each factor, of order 32 at most, is one matMul
 * over the innermost digit of the index, after which the digits turn by one place.
 */
function hadamardProduct(x: tf.Tensor, axis: number, scale: number): tf.Tensor {
  if (x.size === 0) return tf.clone(x);
  const n = x.shape[axis];
  const rows = x.size / n;
  const last = x.rank - 1;
  const swap = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  const swapped = axis === last ? x : tf.transpose(x, swap);
  let y = swapped;
  for (const [i, order] of hadamardOrders(n).entries()) {
    const h = tf.tensor2d(hadamardMatrix(order, i === 0 ? scale : 1), [order, order]);
    const product = tf.matMul(tf.reshape(y, [(rows * n) / order, order]), h);
    y = order === n ? product : tf.transpose(tf.reshape(product, [rows, n / order, order]), [0, 2, 1]);
  }
  y = tf.reshape(y, swapped.shape);
  return axis === last ? y : tf.transpose(y, swap);
}
