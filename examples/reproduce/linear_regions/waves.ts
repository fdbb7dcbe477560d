/** The stage that keeps all regions, for many targets and seeds at once: one channel of a triangleWave for each. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {joined, minimize, type Population, populationOfChannels, squaredErrors} from './population';
import {waveBreakpoints} from './regions';
import {startOf, type Target} from './targets';

/** A model for each target, of a channel for each seed. */
export interface Waves {
  models: {model: tf.Sequential; channels: number; args: pw.layers.TriangleWaveArgs}[];
}

export interface WaveOptions {
  targets: Target[];
  /** Channels for each target. */
  networks: number;
  depth: number;
  seed: number;
  scaling?: 'tied' | 'free';
  /** From y = x, without a look at the data except for which way they bend. */
  blind?: boolean;
  /** Where the targets are known. */
  x: number[];
}

export function startWaves({targets, networks, depth, seed, scaling, blind, x}: WaveOptions): Waves {
  const models = targets.map((target, i) => {
    const args = {
      depth,
      scaling,
      peakGain: 10, // Adam then moves a peak about as fast as if it were the weight
      seed: 1000 * seed + i,
      ...(blind ? {curvature: startOf(target, x).curvature} : startOf(target, x)),
    };
    const model = tf.sequential({layers: [pw.layers.triangleWave({...args, inputShape: [networks]})]});
    return {model, channels: networks, args};
  });
  return {models};
}

export function disposeWaves({models}: Waves): void {
  for (const {model} of models) model.dispose();
}

/** The outputs [networks, points]. */
function outputs(model: tf.Sequential, x: tf.Tensor1D, channels: number): tf.Tensor2D {
  const inputs = tf.tile(tf.reshape(x, [-1, 1]), [1, channels]);
  return tf.transpose(model.apply(inputs) as tf.Tensor2D);
}

/** As `train` of a population, of the weights of the waves. */
export async function trainWaves(
  {models}: Waves,
  x: tf.Tensor1D,
  y: tf.Tensor2D,
  options: {steps: number; learningRate: number; combine?: (outputs: tf.Tensor2D) => tf.Tensor2D; onStep?: () => void},
): Promise<void> {
  const {combine = (given: tf.Tensor2D) => given} = options;
  const rows = y.shape[0] / models.reduce((sum, {channels}) => sum + channels, 0);
  let first = 0;
  for (const {model, channels} of models) {
    const own = tf.slice(y, [first, 0], [channels * rows, -1]);
    await minimize(() => squaredErrors(combine(outputs(model, x, channels)), own), options);
    own.dispose();
    first += channels * rows;
  }
}

export function waveErrors(
  {models}: Waves,
  x: tf.Tensor1D,
  y: tf.Tensor2D,
  combine = (given: tf.Tensor2D) => given,
): number[] {
  return tf.tidy(() => {
    const all = models.map(({model, channels}) => combine(outputs(model, x, channels)));
    return Array.from(squaredErrors(tf.concat(all), y).dataSync());
  });
}

/** The free form of all channels: `exporters.toDense`, then each channel by itself. */
export function freed({models}: Waves): Population {
  return joined(
    models.map(({model, channels}) => {
      const dense = pw.exporters.toDense(model);
      const population = populationOfChannels(dense, channels);
      dense.dispose();
      return population;
    }),
  );
}

/** The number of linear pieces of each channel. */
export async function piecesOf({models}: Waves): Promise<number[]> {
  const all: number[][] = [];
  for (const {model, args} of models) {
    all.push(...(await waveBreakpoints(model.layers[0] as pw.layers.TriangleWave, args)));
  }
  return all.map(({length}) => length + 1);
}
