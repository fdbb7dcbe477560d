import * as tf from '@tensorflow/tfjs';
import {constant} from '../engine';

/** x clipped to [0, 1]. Unlike tf.clipByValue it can be differentiated more than once. */
export function clipUnit(x: tf.Tensor): tf.Tensor {
  const below = constant(() => tf.less(x, 0));
  const above = constant(() => tf.greater(x, 1));
  return tf.where(above, tf.onesLike(x), tf.where(below, tf.zerosLike(x), x));
}
