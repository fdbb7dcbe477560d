/**
 * x^3 - x on [-1, 1], which is neither convex nor concave, as a difference of two convex functions.
 *
 * The two need slopes of several units, and from slope 1 at a rate of 0.001 they do not get there in 1000 steps: the
 * regions stage then ends at 3e-3 and a plain network of as many numbers wins. So they start from slope 3, the mean of
 * what the target needs, and the regions stage runs at 0.01. Each method then has the best of three rates.
 */

import * as tf from '@tensorflow/tfjs';
import {started, torchDefault} from './baselines';
import {disposePopulation, errorsOf, type Population, populationOf, train} from './population';
import {data, TEST_POINTS} from './table';
import type {Target} from './targets';
import {disposeWaves, freed, startWaves, trainWaves, waveErrors} from './waves';

export const RATES = [1e-3, 3e-3, 1e-2];
const DEPTH = 5;
/** 4 w^2 + 7 w + 1 numbers at depth 5: 187, beside 2 x 93. */
const PLAIN_WIDTH = 6;

const CUBIC: Target = {
  name: 'x^3 - x',
  f: (u) => (2 * u - 1) ** 3 - (2 * u - 1),
  layer: {scale: 'train', base: {slope: 3}, peakGain: 2},
};

export interface DifferenceRow {
  method: 'difference of convex, regions stage' | 'difference of convex, free stage' | 'plain, equal parameters';
  parameters: number;
  learningRate: number;
  errors: number[];
}

export interface DifferenceOptions {
  networks: number;
  steps: number;
  seed: number;
  onStep?: () => void;
}

export const differenceSteps = ({steps}: DifferenceOptions): number => steps * (1 + 3 * RATES.length);

/** Channels 2 i and 2 i + 1 are the two functions of network i. */
function difference(outputs: tf.Tensor2D): tf.Tensor2D {
  const [networks, points] = [outputs.shape[0] / 2, outputs.shape[1]];
  const [first, second] = tf.unstack(tf.reshape(outputs, [networks, 2, points]), 1);
  return tf.sub(first, second);
}

function copyOf({kernels, biases}: Population): Population {
  return populationOf(
    kernels.map((kernel) => tf.clone(kernel)),
    biases.map((bias) => tf.clone(bias)),
  );
}

export async function fitDifference({networks, steps, seed, onStep}: DifferenceOptions): Promise<DifferenceRow[]> {
  const [x, y] = data([CUBIC], networks, TEST_POINTS);
  const rows: DifferenceRow[] = [];

  const waves = startWaves({targets: [CUBIC], networks: 2 * networks, depth: DEPTH, seed});
  const learningRate = 1e-2;
  await trainWaves(waves, x, y, {steps, learningRate, combine: difference, onStep});
  const wavesOwn = 2 * (DEPTH + 4);
  const errors = waveErrors(waves, x, y, difference);
  rows.push({method: 'difference of convex, regions stage', parameters: wavesOwn, learningRate, errors});

  const start = freed(waves);
  disposeWaves(waves);
  for (const rate of RATES) {
    const free = copyOf(start);
    await train(free, x, y, {steps, learningRate: rate, combine: difference, onStep});
    const method = 'difference of convex, free stage';
    rows.push({method, parameters: 2 * 93, learningRate: rate, errors: errorsOf(free, x, y, difference)});
    disposePopulation(free);

    const plain = started(torchDefault, {networks, width: PLAIN_WIDTH, depth: DEPTH, seed, outputReLU: false});
    await train(plain, x, y, {steps: 2 * steps, learningRate: rate, onStep});
    const parameters = 4 * PLAIN_WIDTH ** 2 + 7 * PLAIN_WIDTH + 1;
    rows.push({method: 'plain, equal parameters', parameters, learningRate: rate, errors: errorsOf(plain, x, y)});
    disposePopulation(plain);
  }
  disposePopulation(start);
  tf.dispose([x, y]);
  return rows;
}
