/** What layers do to their input before anything else. */

import * as tf from '@tensorflow/tfjs';
import {constant} from '../engine';

/** x divided by its root mean square along the axis. */
export function sphere(x: tf.Tensor, axis: number): tf.Tensor {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), axis, true), 1e-20)));
}

/** x clipped to [0, 1]. Unlike tf.clipByValue it can be differentiated more than once. */
export function clipUnit(x: tf.Tensor): tf.Tensor {
  const below = constant(() => tf.less(x, 0));
  const above = constant(() => tf.greater(x, 1));
  return tf.where(above, tf.onesLike(x), tf.where(below, tf.zerosLike(x), x));
}

/** The zigzag through (0, 0), (1, 1), (2, 0), of period 2. */
export function foldUnit(u: tf.Tensor): tf.Tensor {
  const inPeriod = tf.sub(u, tf.mul(tf.floor(tf.div(u, 2)), 2));
  return tf.sub(1, tf.abs(tf.sub(inPeriod, 1)));
}
