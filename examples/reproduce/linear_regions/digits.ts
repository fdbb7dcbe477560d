/** The digits, with `regionDense` where a network of as many numbers has its hidden dense layer and its read-out. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type Dataset, type Examples, loadDataset, shuffledIndices} from '../../node/datasets';

export interface DigitsRow {
  model: string;
  parameters: number;
  /** The rate of the best mean validation accuracy. */
  learningRate: number;
  /** On the test images, by seed. */
  accuracies: number[];
}

export interface DigitsOptions {
  seeds: number;
  epochs: number;
  onEpoch?: () => void;
}

const RATES = [3e-3, 1e-2, 3e-2];
const BATCH = 64;

const MODELS: {[name: string]: (seed: number) => tf.Sequential} = {
  'dense 64-16-10, ReLU': (seed) => {
    const start = (use: number) => tf.initializers.heNormal({seed: 10 * seed + use});
    return tf.sequential({
      layers: [
        tf.layers.dense({units: 16, activation: 'relu', kernelInitializer: start(0), inputShape: [64]}),
        tf.layers.dense({units: 10, kernelInitializer: start(1)}),
      ],
    });
  },
  'regionDense, 15 subnets of depth 3': (seed) =>
    tf.sequential({layers: [pw.layers.regionDense({units: 10, subnets: 15, depth: 3, seed, inputShape: [64]})]}),
};

export const digitsEpochs = ({seeds, epochs}: DigitsOptions): number =>
  Object.keys(MODELS).length * RATES.length * seeds * epochs;

export async function classifyDigits({seeds, epochs, onEpoch}: DigitsOptions): Promise<DigitsRow[]> {
  const dataset = await loadDataset('digits');
  const rows: DigitsRow[] = [];
  for (const [name, build] of Object.entries(MODELS)) {
    let best: DigitsRow & {validation: number} = {
      model: name,
      parameters: 0,
      learningRate: 0,
      accuracies: [],
      validation: -1,
    };
    for (const learningRate of RATES) {
      const accuracies: number[] = [];
      let validation = 0;
      let parameters = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const model = build(seed);
        await trainModel(model, dataset, seed, learningRate, epochs, onEpoch);
        parameters = model.countParams();
        validation += accuracy(model, dataset.validation!) / seeds;
        accuracies.push(accuracy(model, dataset.test));
        model.dispose();
      }
      if (validation > best.validation) best = {model: name, parameters, learningRate, accuracies, validation};
    }
    const {validation, ...row} = best;
    rows.push(row);
  }
  return rows;
}

async function trainModel(
  model: tf.Sequential,
  {train}: Dataset,
  seed: number,
  learningRate: number,
  epochs: number,
  onEpoch?: () => void,
): Promise<void> {
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const [x, y] = tensors(train);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffledIndices(train.count, 1000 * seed + epoch);
    for (let start = 0; start < train.count; start += BATCH) {
      tf.tidy(() => {
        const rows = tf.tensor1d(Int32Array.from(order.subarray(start, start + BATCH)), 'int32');
        const [images, labels] = [tf.gather(x, rows), tf.gather(y, rows)];
        optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, model.apply(images) as tf.Tensor) as tf.Scalar);
      });
    }
    onEpoch?.();
    await new Promise(setImmediate);
  }
  optimizer.dispose();
  tf.dispose([x, y]);
}

function tensors({x, y, count}: Examples): [tf.Tensor2D, tf.Tensor2D] {
  const labels = tf.tidy(() => tf.oneHot(tf.tensor1d(Int32Array.from(y), 'int32'), 10).toFloat() as tf.Tensor2D);
  return [tf.tensor2d(x, [count, x.length / count]), labels];
}

function accuracy(model: tf.Sequential, {x, y, count}: Examples): number {
  return tf.tidy(() => {
    const guesses = (model.predict(tf.tensor2d(x, [count, x.length / count])) as tf.Tensor).argMax(1).dataSync();
    return guesses.filter((guess, i) => guess === y[i]).length / count;
  });
}
