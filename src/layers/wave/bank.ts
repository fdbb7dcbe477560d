import * as tf from '@tensorflow/tfjs';
import {type Initializer, initializerFrom, type LayerWeight} from '../../tfjs_internals';
import type {WaveOptions} from './options';
import {fallsOf, peaksOf, peakWeights} from './peaks';
import {SCALE_LAWS} from './scales';

export type AddWeight = (name: string, shape: number[], start: Initializer, trainable?: boolean) => LayerWeight;

/** Peaks and scales [channels, depth] of a sum of waves, as the op `triangleWave` takes them. */
export interface Wave {
  /** Where each level folds, in (0, 1). */
  peaks: tf.Tensor;
  /** Factor of each level. */
  scales: tf.Tensor;
}

/** One sum of waves per channel: its weights, and what they stand for. */
export class WaveBank {
  private readonly peakWeights: LayerWeight | null = null;
  private readonly scaleWeights: LayerWeight | null = null;
  /** What 'train' or a number of its own makes of s_0. */
  private readonly firstWeight: LayerWeight | null = null;

  constructor(
    private readonly options: WaveOptions,
    private readonly channels: number,
    peakInitializer: Initializer,
    add: AddWeight,
  ) {
    const {depth, scaling, scale, tailPeak} = options;
    const {zeros} = tf.initializers;
    if (scaling !== 'takagi') {
      const count = tailPeak === 'train' ? depth + 1 : depth;
      this.peakWeights = add('peaks', [channels, count], peakWeights(peakInitializer, options));
    }
    const start = SCALE_LAWS[scaling].start(depth);
    if (start.length > 0) this.scaleWeights = add('scales', [channels, start.length], rows(start));
    if (scale === 'train') this.firstWeight = add('fraction', [channels], zeros());
    if (typeof scale === 'number') this.firstWeight = add('amplitude', [channels], zeros());
  }

  /** For the slopes [channels] of the base line. */
  wave(slope: tf.Tensor): Wave {
    const {depth, scaling} = this.options;
    const {peaks, falls} = this.peaks();
    const first = this.first(slope, tf.mul(peaks[0], peaks[1]));
    const weights = this.scaleWeights ? columns(this.scaleWeights.read()) : [];
    const scales = SCALE_LAWS[scaling].scales({depth, first, peaks, falls, weights});
    return {peaks: tf.concat(peaks.slice(0, depth), 1), scales: tf.concat(scales, 1)};
  }

  /** a_i and 1 - a_i, i = 0 .. depth, as columns. */
  private peaks(): {peaks: tf.Tensor[]; falls: tf.Tensor[]} {
    const {depth} = this.options;
    const half = tf.fill([this.channels, 1], 0.5);
    const whole = (own: tf.Tensor[]) => [...own, ...new Array<tf.Tensor>(depth + 1 - own.length).fill(half)];
    if (!this.peakWeights) return {peaks: whole([]), falls: whole([])};
    const weights = this.peakWeights.read();
    return {
      peaks: whole(columns(peaksOf(weights, this.options))),
      falls: whole(columns(fallsOf(weights, this.options))),
    };
  }

  private first(slope: tf.Tensor, a0a1: tf.Tensor): tf.Tensor {
    const {scale} = this.options;
    const weight = this.firstWeight && tf.reshape(this.firstWeight.read(), [this.channels, 1]);
    // exp keeps it positive, and gives the start exactly.
    if (typeof scale === 'number') return tf.mul(tf.exp(weight!), scale);
    const largest = tf.mul(tf.reshape(tf.abs(slope), [this.channels, 1]), a0a1);
    return weight ? tf.mul(largest, tf.sigmoid(weight)) : largest;
  }
}

/** The slopes [channels] of a sum of waves at the ends of [0, 1]: those of its first and its last piece. */
export function endSlopes({peaks, scales}: Wave): {atZero: tf.Tensor; atOne: tf.Tensor} {
  const [a, s] = [columns(peaks), columns(scales)];
  let rise = tf.onesLike(a[0]);
  let atZero = tf.zerosLike(a[0]);
  for (const [i, peak] of a.entries()) {
    rise = tf.div(rise, peak);
    atZero = tf.add(atZero, tf.mul(rise, s[i]));
  }
  const atOne = tf.neg(tf.div(tf.mul(atZero, a[0]), tf.sub(1, a[0])));
  return {atZero: tf.squeeze(atZero, [1]), atOne: tf.squeeze(atOne, [1])};
}

/** The columns [channels, 1] of a tensor [channels, n]. The derivative of tf.split fails for one column. */
function columns(t: tf.Tensor): tf.Tensor[] {
  return t.shape[1] === 1 ? [t] : tf.split(t, t.shape[1]!, 1);
}

/** Starts each channel with the same row of numbers. */
function rows(row: number[]): Initializer {
  return initializerFrom(([channels]) => tf.tile(tf.tensor2d([row]), [channels, 1]));
}
