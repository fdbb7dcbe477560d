import * as tf from '@tensorflow/tfjs';
import {clipUnit, foldUnit} from '../../ops/input_norms';

export const INPUT_NORMS = ['none', 'clip', 'sigmoid', 'fold', 'batchNorm+sigmoid'] as const;
export type InputNorm = (typeof INPUT_NORMS)[number];

export const OUTSIDE = ['linear', 'clamp'] as const;
export type Outside = (typeof OUTSIDE)[number];

interface WaveInput {
  readonly inputNorm: InputNorm;
  readonly domain: readonly [low: number, high: number];
  readonly outside: Outside | null;
}

/** The input brought to [0, 1]; with outside 'linear' only its domain is. */
export function normalizeInput(x: tf.Tensor, {inputNorm, domain: [low, high], outside}: WaveInput): tf.Tensor {
  const u = low === 0 && high === 1 ? x : tf.div(tf.sub(x, low), high - low);
  switch (inputNorm) {
    case 'sigmoid':
    case 'batchNorm+sigmoid': // the normalization has weights, so that the layer did it before
      return tf.sigmoid(u);
    case 'fold':
      return foldUnit(u);
    case 'clip':
      return clipUnit(u);
    case 'none':
      return outside === 'clamp' ? clipUnit(u) : u;
  }
}

/** What carries the end pieces of a sum of waves beyond [0, 1]: their slopes, times the distance to there. */
export function beyondUnit(u: tf.Tensor, slopes: {atZero: tf.Tensor; atOne: tf.Tensor}): tf.Tensor {
  const below = tf.neg(tf.relu(tf.neg(u)));
  const above = tf.relu(tf.sub(u, 1));
  return tf.add(tf.mul(below, slopes.atZero), tf.mul(above, slopes.atOne));
}
