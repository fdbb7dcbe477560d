import * as tf from '@tensorflow/tfjs';

/** The first `count` units of an axis. */
export function firstUnits(x: tf.Tensor, axis: number, count: number): tf.Tensor {
  const size = x.shape.map((all, i) => (i === axis ? count : all));
  return tf.slice(x, new Array<number>(x.rank).fill(0), size);
}

/** An axis made longer, to `size` units: by its own units again from the first on ('tile'), or by zeros ('pad'). */
export function expandUnits(x: tf.Tensor, axis: number, size: number, how: 'tile' | 'pad'): tf.Tensor {
  const missing = size - x.shape[axis];
  if (missing === 0) return x;
  if (how === 'pad') {
    const padding = x.shape.map((_, i): [number, number] => [0, i === axis ? missing : 0]);
    return tf.pad(x, padding);
  }
  const copies = Math.floor(size / x.shape[axis]);
  const whole = copies === 1 ? x : repeatAxis(x, axis, copies);
  const rest = size - copies * x.shape[axis];
  return rest === 0 ? whole : tf.concat([whole, firstUnits(x, axis, rest)], axis);
}

/** tf.tile along one axis, by a product with ones: its gradient is one sum, where that of tf.tile slices every copy. */
function repeatAxis(x: tf.Tensor, axis: number, copies: number): tf.Tensor {
  const block = tf.util.sizeFromShape(x.shape.slice(axis));
  const rows = tf.util.sizeFromShape(x.shape.slice(0, axis));
  const repeated = tf.mul(tf.reshape(x, [rows, 1, block]), tf.ones([copies, 1]));
  return tf.reshape(
    repeated,
    x.shape.map((size, i) => (i === axis ? copies * size : size)),
  );
}
