import * as tf from '@tensorflow/tfjs';

export const SCALINGS = ['tied', 'free', 'sawtooth', 'takagi'] as const;
export type Scaling = (typeof SCALINGS)[number];

/** What a law may use; every tensor is one column [channels, 1]. */
interface Known {
  depth: number;
  /** s_0. */
  first: tf.Tensor;
  /** a_i and 1 - a_i, i = 0 .. depth. */
  peaks: tf.Tensor[];
  falls: tf.Tensor[];
  /** The weights of the law. */
  weights: tf.Tensor[];
}

interface ScaleLaw {
  /** The start of the weights that each channel trains for its scales. */
  start(depth: number): number[];
  /** s_0 .. s_(depth - 1). */
  scales(known: Known): tf.Tensor[];
}

/** See `scaling` in the arguments of the layers. */
export const SCALE_LAWS: Record<Scaling, ScaleLaw> = {
  tied: {
    start: () => [],
    scales: ({depth, first, peaks, falls}) => chain(first, depth, (i) => tf.mul(falls[i + 1], peaks[i + 2])),
  },
  free: {
    start: (depth) => new Array<number>(depth - 1).fill(Math.log(1 / 3)), // sigmoid: 1/4
    scales: ({depth, first, weights}) => chain(first, depth, (i) => tf.sigmoid(weights[i])),
  },
  sawtooth: {
    start: () => [],
    scales: ({depth, first}) => Array.from({length: depth}, (_, i) => (i < depth - 1 ? tf.zerosLike(first) : first)),
  },
  takagi: {
    start: (depth) => Array.from({length: depth}, (_, i) => Math.atanh(2 ** -(i + 1))),
    scales: ({first, weights}) => weights.map((w, i) => tf.mul(tf.mul(first, 2 ** (1 - i)), tf.tanh(w))),
  },
};

/** `s_(i+1) = s_i ratio(i)`. */
function chain(first: tf.Tensor, depth: number, ratio: (i: number) => tf.Tensor): tf.Tensor[] {
  const scales = [first];
  for (let i = 0; i < depth - 1; i++) scales.push(tf.mul(scales[i], ratio(i)));
  return scales;
}
