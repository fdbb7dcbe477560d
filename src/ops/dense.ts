import * as tf from '@tensorflow/tfjs';
import {isNativeHere, type KernelDefinition, runKernel, runKernelOutputs} from '../engine';

type Operands = {a: tf.Tensor; b: tf.Tensor};

/**
 * A product of matrices with one of them transposed, a^T b for `first` and else a b^T: the derivatives of a product. Where a
 * backend is slow at that it may copy a matrix instead.
 */
export const transposedMatMulKernel: KernelDefinition<Operands, {first: boolean}> = {
  name: 'TransposedMatMul',
  inputs: ['a', 'b'],
  forward: ({a, b}, {first}) => {
    const [rows, columns] = first ? [a.shape[1], b.shape[1]] : [a.shape[0], b.shape[0]];
    return a.size * b.size === 0 ? tf.zeros([rows!, columns!]) : tf.matMul(a, b, first, !first);
  },
  gradient: {
    saved: ['a', 'b'],
    run: (dy, {a, b}, {first}) => ({
      a: () => (first ? transposedMatMul(b, dy, false) : tf.matMul(dy, b)),
      b: () => (first ? tf.matMul(a, dy) : transposedMatMul(dy, a, true)),
    }),
  },
};

function transposedMatMul(a: tf.Tensor, b: tf.Tensor, first: boolean): tf.Tensor {
  return runKernel(transposedMatMulKernel, {a, b}, {first});
}

/** Rows x [rows, inputs], weights [inputs, units], and bias [units] or none, of no elements. */
type Inputs = {x: tf.Tensor; weights: tf.Tensor; bias: tf.Tensor};

/** y = x weights + bias. */
export const denseKernel: KernelDefinition<Inputs, Record<string, never>> = {
  name: 'DenseUnits',
  inputs: ['x', 'weights', 'bias'],
  forward: ({x, weights, bias}) => {
    if (x.size === 0) return tf.zeros([x.shape[0], weights.shape[1]!]);
    const product = tf.matMul(x, weights);
    return bias.size === 0 ? product : tf.add(product, bias);
  },
  gradient: {
    saved: ['x', 'weights', 'bias'],
    run: (dy, {x, weights, bias}, _, isWanted) => {
      // Where no backend makes one call of the three, there would be four.
      if (isNativeHere(denseGradientKernel.name) && isWanted?.('x') && isWanted('weights')) {
        const [dx, dweights, dbias] = runKernelOutputs(denseGradientKernel, {dy, x, weights}, {});
        return {x: () => dx, weights: () => dweights, bias: () => (bias.size === 0 ? tf.zeros(bias.shape) : dbias)};
      }
      return {
        x: () => transposedMatMul(dy, weights, false),
        weights: () => transposedMatMul(x, dy, true),
        bias: () => (bias.size === 0 ? tf.zeros(bias.shape) : sumOfRows(dy)),
      };
    },
  },
};

/** The derivatives of sum(dy * (x weights + bias)) by x, weights and bias, where those by both factors are wanted. */
export const denseGradientKernel: KernelDefinition<Omit<Inputs, 'bias'> & {dy: tf.Tensor}, Record<string, never>> = {
  name: 'DenseUnitsGradient',
  inputs: ['dy', 'x', 'weights'],
  forward: ({dy, x, weights}) => [transposedMatMul(dy, weights, false), transposedMatMul(x, dy, true), sumOfRows(dy)],
};

const sumOfRows = (dy: tf.Tensor) => (dy.size === 0 ? tf.zeros([dy.shape[1]!]) : tf.sum(dy, 0));

/** Rows of the last axis times weights, plus a bias. */
export function dense(x: tf.Tensor, weights: tf.Tensor, bias: tf.Tensor | null): tf.Tensor {
  const units = weights.shape[1]!;
  const rows = x.rank === 2 ? x : tf.reshape(x, [-1, weights.shape[0]]);
  const y = runKernel(denseKernel, {x: rows, weights, bias: bias ?? tf.zeros([0])}, {});
  return x.rank === 2 ? y : tf.reshape(y, [...x.shape.slice(0, -1), units]);
}
