/**
 * x^3 - x on [-1, 1], which is neither convex nor concave, as a difference of two convex functions.
 *
 * The slope of x^3 - x falls by 6 and rises by 6 (for the input brought to [0, 1]). From slope 1 at a rate of 0.001 a
 * function cannot come to bend so much in 1000 steps, and a plain network of as many numbers wins. So both functions start
 * from slope 6, where s_0 = slope a_0 a_1 / 2 lets them bend by about that, and the regions stage runs at 0.03. The free
 * stage and the plain network then have the same three rates to choose from.
 */

import * as tf from '@tensorflow/tfjs';
import {STARTS, started} from './baselines';
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
  start: {scale: 'train', base: {slope: 6}, peakGain: 2},
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

  const waves = startWaves({targets: [CUBIC], networks: 2 * networks, depth: DEPTH, seed, x: []});
  const learningRate = 3e-2;
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

    const plain = started(STARTS.default, {networks, width: PLAIN_WIDTH, depth: DEPTH, seed, outputReLU: false});
    await train(plain, x, y, {steps: 2 * steps, learningRate: rate, onStep});
    const parameters = 4 * PLAIN_WIDTH ** 2 + 7 * PLAIN_WIDTH + 1;
    rows.push({method: 'plain, equal parameters', parameters, learningRate: rate, errors: errorsOf(plain, x, y)});
    disposePopulation(plain);
  }
  disposePopulation(start);
  tf.dispose([x, y]);
  return rows;
}
