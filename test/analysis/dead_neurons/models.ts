import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {normal} from '../../support/random';

/** A neuron c + sum_i w_i relu(a_i x + b_i), written as in the paper. */
export interface Written {
  a: number[][];
  b: number[];
  w: number[];
  c: number;
}

export type Slopes = readonly [negative: number, positive: number];

/** A model of one neuron after its hidden units, for as long as `run` takes. */
export async function withModel<T>(
  {a, b, w, c}: Written,
  run: (model: tf.LayersModel) => Promise<T>,
  slopes: Slopes = [0, 1],
): Promise<T> {
  const [n0, n1] = [a[0].length, a.length];
  const model = tf.sequential({
    layers: [
      tf.layers.dense({units: n1, inputShape: [n0]}),
      layers.reluPair({sharedAxes: 1}),
      tf.layers.dense({units: 1, activation: 'relu', name: 'asked'}),
    ],
  });
  const transposed = a[0].map((_, j) => a.map((row) => row[j]));
  const weights = [transposed, b, [slopes[0]], [slopes[1]], w.map((weight) => [weight]), [c]].map((t) => tf.tensor(t));
  model.setWeights(weights);
  tf.dispose(weights);
  try {
    return await run(model);
  } finally {
    model.dispose();
  }
}

/** A random neuron; the second half of the seeds is biased to ones that die. */
export function randomWritten(n0: number, n1: number, seed: number): Written {
  const numbers = normal(n1 * (n0 + 2) + 1, seed);
  const take = (from: number, count: number) => Array.from(numbers.subarray(from, from + count));
  const lowers = seed % 2 === 0;
  const w = take(n1 * n0 + n1, n1).map((weight, i) => (lowers && i > 0 ? -Math.abs(weight) : weight));
  const c = lowers ? -Math.abs(numbers[numbers.length - 1]) : numbers[numbers.length - 1];
  return {a: Array.from({length: n1}, (_, i) => take(i * n0, n0)), b: take(n1 * n0, n1), w, c};
}
