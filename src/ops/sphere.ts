import * as tf from '@tensorflow/tfjs';

/** x divided by its root mean square along the axis. */
export function sphere(x: tf.Tensor, axis: number): tf.Tensor {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), axis, true), 1e-20)));
}
