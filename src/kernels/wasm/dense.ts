import * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {products} from '../simd/products';
import {inHeap} from './execute';

/** The product of tfjs for this backend, without the ops around it. It takes three axes. */
export const denseUnits: KernelFunction = ({inputs, backend}) => {
  const {x, weights, bias} = inputs as {[name: string]: tf.TensorInfo};
  const [rows, units] = [x.shape[0], weights.shape[1]];
  if (rows === 0) return tf.zeros([rows, units]);
  const cube = ({dataId, dtype, shape}: tf.TensorInfo) => ({dataId, dtype, shape: [1, ...shape]});
  const {kernelFunc} = tf.getKernel('_FusedMatMul', tf.getBackend());
  const y = kernelFunc({
    inputs: {a: cube(x), b: cube(weights), ...(bias.shape[0] > 0 && {bias})},
    attrs: {transposeA: false, transposeB: false, activation: 'linear', leakyreluAlpha: 0},
    backend,
  }) as tf.TensorInfo;
  return tf.engine().makeTensorFromTensorInfo({...y, shape: [rows, units]});
};

/** Units up to which loops of our own, which read the other matrix once for two of them, are faster than the product of tfjs. */
const FEW = 32;

/** The derivatives of a dense layer: of few units, such as a read-out, by loops of our own. */
export const transposedMatMul: KernelFunction = (call) => {
  const {a, b} = call.inputs as {[name: string]: tf.TensorInfo};
  const isEmpty = [...a.shape, ...b.shape].includes(0);
  return (b.shape[1] <= FEW && !isEmpty ? byLoops : byTurning)(call);
};

/**
 * tfjs multiplies by a transposed matrix in a plain loop, eight times slower than without: to transpose the smaller
 * matrices first costs little.
 */
const byTurning: KernelFunction = ({inputs, attrs}) =>
  tf.tidy(() => {
    const [a, b] = [inputs.a, inputs.b] as tf.Tensor2D[];
    const [turned, times] = [tf.transpose<tf.Tensor2D>, tf.matMul];
    if (a.size * b.size === 0)
      return attrs?.first ? tf.zeros([a.shape[1], b.shape[1]]) : tf.zeros([a.shape[0], b.shape[0]]);
    if (!attrs?.first) return times(a, turned(b));
    return a.size > b.size ? turned(times(turned(b), a)) : times(turned(a), b);
  });

const byLoops = inHeap(products, products.planners.TransposedMatMul, byTurning);
