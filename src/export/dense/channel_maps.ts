/** Affine maps that treat many channels alike and keep them apart, written by the names of a channel's neurons. */

import * as tf from '@tensorflow/tfjs';

/** One number for all channels, or a tensor with one for each. */
export type Entry = number | tf.Tensor;

const perChannel = (entry: Entry | undefined, channels: number) =>
  entry instanceof tf.Tensor ? entry : tf.fill([channels], entry ?? 0);

/** [channels * to.length]: the value of each neuron, 0 where none is given. */
export function channelVector(to: string[], values: {[to: string]: Entry}, channels: number): tf.Tensor1D {
  const columns = to.map((name) => perChannel(values[name], channels));
  return tf.reshape(tf.stack(columns, 1), [-1]);
}

/** [channels * from.length, channels * to.length]: what each neuron reads of the others of its channel. */
export function channelKernel(
  from: string[],
  to: string[],
  rows: {[to: string]: {[from: string]: Entry}},
  channels: number,
): tf.Tensor2D {
  const blocks = tf.stack(
    from.map((source) =>
      tf.stack(
        to.map((name) => perChannel(rows[name]?.[source], channels)),
        1,
      ),
    ),
    1,
  );
  const diagonal = tf.mul(
    tf.reshape(blocks, [channels, from.length, 1, to.length]),
    tf.reshape(tf.eye(channels), [channels, 1, channels, 1]),
  );
  return tf.reshape(diagonal, [channels * from.length, channels * to.length]);
}
