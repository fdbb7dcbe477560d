import * as tf from '@tensorflow/tfjs';
import {constant, type KernelDefinition, runKernel, runKernelOutputs} from '../engine';
import {fail} from '../errors';
import {FINITE, toFloatTensor} from './check';

type Inputs = {x: tf.Tensor; peaks: tf.Tensor; scales: tf.Tensor};

/** y = sum_i s_i W_i, W_i = T_i(W_(i-1)), W_(-1) = x; peaks and scales are [channels, depth]. */
export const triangleWaveKernel: KernelDefinition<Inputs, Record<string, never>> = {
  name: 'TriangleWave',
  inputs: ['x', 'peaks', 'scales'],
  forward: ({x, peaks, scales}) => {
    if (x.size === 0) return tf.clone(x); // webgpu fails to select among no elements
    const s = levels(scales);
    const terms = waves(x, levels(peaks)).map((level, i) => tf.mul(level.wave, s[i]));
    return terms.reduce((total, term) => tf.add(total, term)); // tf.addN of 9 terms is too much for webgpu
  },
  gradient: {
    saved: ['x', 'peaks', 'scales'],
    run: (dy, inputs) => {
      const [dx, dpeaks, dscales] = runKernelOutputs(triangleWaveGradientKernel, {...inputs, dy}, {});
      return {x: () => dx, peaks: () => dpeaks, scales: () => dscales};
    },
  },
};

/** The three derivatives of sum(dy * triangleWave(x, peaks, scales)) in one sweep back through the levels. */
export const triangleWaveGradientKernel: KernelDefinition<Inputs & {dy: tf.Tensor}, Record<string, never>> = {
  name: 'TriangleWaveGradient',
  inputs: ['x', 'peaks', 'scales', 'dy'],
  forward: ({x, peaks, scales, dy}) => {
    if (x.size === 0) return [x, peaks, scales].map((t) => tf.zeros(t.shape));
    const a = levels(peaks);
    const s = levels(scales);
    const forward = waves(x, a);
    const batchAxes = x.shape.slice(1).map((_, i) => i);
    const dpeaks: tf.Tensor[] = [];
    const dscales: tf.Tensor[] = [];
    let g: tf.Tensor = tf.zerosLike(x); // the derivative by W_i
    for (let i = a.length - 1; i >= 0; i--) {
      const {input, wave, rising, inside} = forward[i];
      dscales.unshift(tf.sum(tf.mul(dy, wave), batchAxes));
      g = tf.where(inside, tf.add(g, tf.mul(dy, s[i])), tf.zerosLike(x));
      const fall = tf.sub(1, a[i]);
      const byPeak = tf.where(
        rising,
        tf.neg(tf.div(input, tf.square(a[i]))),
        tf.div(tf.sub(1, input), tf.square(fall)),
      );
      // Outside, where g is 0, byPeak may be infinite: 0 times that would be NaN.
      dpeaks.unshift(tf.sum(tf.mul(g, tf.where(inside, byPeak, tf.zerosLike(x))), batchAxes));
      g = tf.mul(g, tf.where(rising, tf.div(1, a[i]), tf.neg(tf.div(1, fall))));
    }
    return [g, tf.stack(dpeaks, 1), tf.stack(dscales, 1)];
  },
};

interface Level {
  input: tf.Tensor;
  wave: tf.Tensor;
  /** Where the input is left of the peak. */
  rising: tf.Tensor;
  /** Where the input is in [0, 1]: outside, the tent is 0. */
  inside: tf.Tensor;
}

function waves(x: tf.Tensor, peaks: tf.Tensor[]): Level[] {
  const result: Level[] = [];
  let input = x;
  for (const a of peaks) {
    const rising = constant(() => tf.lessEqual(input, a));
    // Not "x >= 0 and x <= 1": a NaN counts as inside and stays NaN.
    const inside = constant(() => tf.logicalNot(tf.logicalOr(tf.less(input, 0), tf.greater(input, 1))));
    const tent = tf.where(rising, tf.div(input, a), tf.div(tf.sub(1, input), tf.sub(1, a)));
    // Rounding may pass 1 by an ulp, which the next level would take for outside.
    const over = constant(() => tf.greater(tent, 1));
    const wave = tf.where(inside, tf.where(over, tf.onesLike(tent), tent), tf.zerosLike(tent));
    result.push({input, wave, rising, inside});
    input = wave;
  }
  return result;
}

/** The columns of [channels, depth]. The derivative of tf.unstack fails for one column. */
function levels(parameters: tf.Tensor): tf.Tensor[] {
  return parameters.shape[1] === 1 ? [tf.squeeze(parameters, [1])] : tf.unstack(parameters, 1);
}

/**
 * Weighted sum of triangle waves, each a tent applied to the one before.
 *
 * `y = sum_i scales[i] * T_i(...T_1(T_0(x)))`, i = 0 .. depth - 1, where the tent T_i rises from 0 at 0 to 1 at
 * `peaks[i]` and falls to 0 at 1. Outside [0, 1] it is 0.
 *
 * Wave i has 2^(i+1) linear pieces from i + 1 parameters. With scales that follow the law of
 * `layers.triangleWave({scaling: 'tied'})` the sum is strictly concave with exactly 2^depth pieces.
 *
 * @param x Float32 tensor [..., channels] of rank >= 1; the waves live on [0, 1].
 * @param peaks Float32 [channels, depth], or [depth] for all channels; each in (0, 1).
 * @param scales Float32 of the shape of `peaks`.
 * @returns Tensor of the shape of `x`.
 * @throws If the shapes do not fit, a peak given as a number is outside (0, 1), or a dtype is not float32.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * // Yarotsky's approximation of x - x^2: error 2^-(2 depth + 2)
 * pw.triangleWave(tf.tensor2d([[0.25], [0.5]]), [[0.5, 0.5]], [[0.25, 0.0625]]);  // [[0.1875], [0.25]]
 */
export function triangleWave<T extends tf.Tensor>(
  x: T | tf.TensorLike,
  peaks: tf.Tensor | tf.TensorLike,
  scales: tf.Tensor | tf.TensorLike,
): T {
  return tf.tidy(() => {
    const who = 'triangleWave';
    const input = toFloatTensor(x, 'x', who, {minRank: 1});
    const channels = input.shape[input.rank - 1];
    const inputs = {
      x: input,
      peaks: perChannel(toFloatTensor(peaks, 'peaks', who, {minRank: 1, within: [0, 1]}), 'peaks', channels),
      scales: perChannel(toFloatTensor(scales, 'scales', who, {minRank: 1, within: FINITE}), 'scales', channels),
    };
    if (inputs.peaks.shape[1] !== inputs.scales.shape[1]) {
      fail(
        who,
        `peaks and scales must have the same depth`,
        `shapes [${inputs.peaks.shape}] and [${inputs.scales.shape}]`,
        'Give one scale per peak.',
      );
    }
    return runKernel(triangleWaveKernel, inputs, {}) as T;
  });
}

function perChannel(parameters: tf.Tensor, name: string, channels: number): tf.Tensor {
  const depth = parameters.shape[parameters.rank - 1];
  const fits = parameters.rank === 1 || (parameters.rank === 2 && [1, channels].includes(parameters.shape[0]));
  if (!(fits && depth >= 1)) {
    fail(
      'triangleWave',
      `${name} must have shape [${channels}, depth] or [depth], depth >= 1, for ${channels} channels`,
      `shape [${parameters.shape}]`,
      'One row per element of the last axis of x.',
    );
  }
  if (parameters.rank === 2 && parameters.shape[0] === channels) return parameters;
  return tf.mul(parameters, tf.ones([channels, 1]));
}
