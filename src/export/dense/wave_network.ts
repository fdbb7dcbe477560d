import * as tf from '@tensorflow/tfjs';
import {channelKernel, channelVector, type Entry} from './channel_maps';
import type {Affine} from './part';

/** One function of u per channel: `slope * u + sum_i scales_i W_i(u)`. */
export interface Waves {
  /** [channels, depth]. */
  peaks: tf.Tensor;
  scales: tf.Tensor;
  /** [channels]. */
  slope: tf.Tensor;
  /** Slopes [channels] of the waves' first and last piece. */
  ends: {atZero: tf.Tensor; atOne: tf.Tensor};
  /** Whether all scales of a channel have one sign, and none is 0 before another: they may then carry each other. */
  keepsSign: boolean;
}

/** What becomes of u outside [0, 1]: it never comes, or the end pieces go on. */
export type Outside = 'never' | 'line';

/** Neurons beside the four of the paper: relu(u - 1) and relu(-u). The first layer has all, the others carry them. */
const OUTER: {[outside in Outside]: {first: string[]; later: string[]}} = {
  never: {first: [], later: []},
  line: {first: ['over', 'under'], later: ['over', 'under']},
};

/**
 * The ReLU network of width 4 per channel that computes the waves: the affine maps before each of `depth` ReLUs, and
 * the last one, after them.
 *
 * Neurons: `sum`, the base line and the waves so far; `t1` and `t2`, of which the next tent is made; `bias`, a constant
 * that shrinks with the scales, so that no weight is tiny. The ReLU would cut a negative `sum`: where it can be one, a
 * constant is added, and taken off at the end. A tied convex function that rises needs none.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 */
export function waveNetwork({peaks, scales, slope, ends, keepsSign}: Waves, outside: Outside): Affine[] {
  const channels = slope.size;
  const a = tf.unstack(peaks, 1);
  const s = tf.unstack(scales, 1);
  /** What the neurons t1, t2 and bias are multiplied by after each level. */
  const carried = keepsSign ? s.map((scale) => tf.abs(scale)) : s.map((scale) => tf.onesLike(scale));
  const core = ['sum', 't1', 't2', 'bias'];
  const first = [...core, ...OUTER[outside].first];
  const later = [...core, ...OUTER[outside].later];
  const lift = a.length > 1 ? liftOf(a, s, slope) : tf.zerosLike(slope);

  const starts = {sum: {u: tf.abs(slope)}, t1: {u: 1}, t2: {u: 1}, over: {u: 1}, under: {u: -1}};
  const maps: Affine[] = [
    {
      kernel: channelKernel(['u'], first, starts, channels),
      bias: channelVector(first, {t2: tf.neg(a[0]), bias: 1, over: -1}, channels),
    },
  ];
  for (let i = 0; i < a.length; i++) {
    const before = i === 0 ? tf.onesLike(slope) : carried[i - 1];
    const tentOf = (scale: tf.Tensor): {t1: tf.Tensor; t2: tf.Tensor} => {
      const rise = tf.div(tf.divNoNan(scale, before), a[i]);
      return {t1: rise, t2: tf.neg(tf.div(rise, tf.sub(1, a[i])))};
    };
    const ratio = tf.divNoNan(carried[i], before);
    const tent = tentOf(carried[i]);
    const sum: {[from: string]: Entry} = {sum: 1, ...tentOf(s[i])};
    if (i === 0) {
      sum.sum = tf.sign(slope);
      // Beyond 1 the line stops, and the first tent stays 0.
      sum.over = tf.sub(tf.div(s[0], tf.sub(1, a[0])), slope);
    }
    const from = i === 0 ? first : later;
    if (i < a.length - 1) {
      const t2 = {...tent, bias: tf.neg(tf.mul(ratio, a[i + 1]))};
      const rows = {sum, t1: tent, t2, bias: {bias: ratio}, over: {over: 1}, under: {under: 1}};
      maps.push({
        kernel: channelKernel(from, later, rows, channels),
        bias: channelVector(later, i === 0 ? {sum: lift} : {}, channels),
      });
    } else {
      const [first, last] = [tf.add(slope, ends.atZero), tf.add(slope, ends.atOne)];
      const line = {over: tf.add(sum.over ?? 0, last), under: tf.neg(first)};
      const y = outside === 'line' ? {...sum, ...line} : sum;
      maps.push({kernel: channelKernel(from, ['y'], {y}, channels), bias: tf.neg(lift) as tf.Tensor1D});
    }
  }
  return maps;
}

/** At least what `sum` can fall below 0, where W_i(u) is at most 1 and at most u / (a_0 ... a_i). */
function liftOf(a: tf.Tensor[], s: tf.Tensor[], slope: tf.Tensor): tf.Tensor {
  let steepest = tf.zerosLike(slope);
  let most = tf.zerosLike(slope);
  let product = tf.onesLike(slope);
  for (let i = 0; i < a.length; i++) {
    const down = tf.relu(tf.neg(s[i]));
    product = tf.mul(product, a[i]);
    steepest = tf.add(steepest, tf.div(down, product));
    most = tf.add(most, down);
  }
  return tf.minimum(tf.relu(tf.sub(steepest, slope)), tf.add(tf.relu(tf.neg(slope)), most));
}
