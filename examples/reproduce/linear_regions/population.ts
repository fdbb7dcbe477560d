/**
 * Many small ReLU networks of one shape, trained side by side as one batch of products. Adam keeps to each number by
 * itself, and the loss is a sum over the networks, so this equals training them one by one, in a fraction of the time.
 */

import * as tf from '@tensorflow/tfjs';

export interface Population {
  /** [networks, inputs, units] and [networks, 1, units] of each layer. */
  kernels: tf.Variable[];
  biases: tf.Variable[];
  /** Whether a ReLU follows the last layer. */
  outputReLU: boolean;
}

/** From tensors, which are disposed. */
export function populationOf(kernels: tf.Tensor[], biases: tf.Tensor[], outputReLU = false): Population {
  const own = (tensors: tf.Tensor[]) =>
    tensors.map((tensor) => {
      const variable = tf.variable(tensor);
      tensor.dispose();
      return variable;
    });
  return {kernels: own(kernels), biases: own(biases), outputReLU};
}

/** The functions of the channels of a triangleWave, from its dense form: the blocks on the diagonals of its kernels. */
export function populationOfChannels(dense: tf.LayersModel, channels: number): Population {
  const pairs = dense.layers.map((layer) =>
    tf.tidy(() => {
      const [kernel, bias] = layer.getWeights();
      const [from, to] = kernel.shape.map((size) => size / channels);
      const blocks = tf.reshape(kernel, [channels, from, channels, to]);
      const own = tf.mul(blocks, tf.reshape(tf.eye(channels), [channels, 1, channels, 1]));
      return [tf.sum(own, 2), tf.reshape(bias, [channels, 1, to])];
    }),
  );
  return populationOf(
    pairs.map(([kernel]) => kernel),
    pairs.map(([, bias]) => bias),
  );
}

/** The networks of all populations, which must have one shape; those are disposed. */
export function joined(populations: Population[]): Population {
  const concat = (key: 'kernels' | 'biases') =>
    populations[0][key].map((_, i) => tf.concat(populations.map((population) => population[key][i])));
  const result = populationOf(concat('kernels'), concat('biases'), populations[0].outputReLU);
  populations.forEach(disposePopulation);
  return result;
}

export function disposePopulation({kernels, biases}: Population): void {
  tf.dispose([kernels, biases]);
}

/** tf.relu with the same derivative. That of tfjs makes a tensor of ones in JavaScript: half of the time of a step on tensorflow. */
const rectified = tf.customGrad((x, save) => {
  const y = tf.relu(x as tf.Tensor);
  (save as tf.GradSaveFunc)([y]);
  return {value: y, gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.mul(dy, tf.sign(saved))};
});

/** [networks, points] for points [points], the same for all. */
export function predict({kernels, biases, outputReLU}: Population, x: tf.Tensor1D): tf.Tensor2D {
  const networks = kernels[0].shape[0];
  // The points come last: long rows make products and sums over them a third faster.
  let h: tf.Tensor = tf.tile(tf.reshape(x, [1, 1, -1]), [networks, 1, 1]);
  kernels.forEach((kernel, i) => {
    h = tf.add(tf.matMul(kernel, h, true), tf.reshape(biases[i], [networks, -1, 1]));
    if (i < kernels.length - 1 || outputReLU) h = rectified(h);
  });
  return tf.reshape(h, [networks, x.shape[0]]);
}

export interface TrainOptions {
  steps: number;
  learningRate: number;
  /** What becomes of the outputs [networks, points] before they are compared. Default: nothing. */
  combine?: (outputs: tf.Tensor2D) => tf.Tensor2D;
  onStep?: () => void;
}

/** Full-batch Adam on the mean squared error of each network. */
export async function train(
  population: Population,
  x: tf.Tensor1D,
  y: tf.Tensor2D,
  {combine = (outputs) => outputs, ...options}: TrainOptions,
): Promise<void> {
  await minimize(() => squaredErrors(combine(predict(population, x)), y), options);
}

/** Steps of a new Adam on a sum of errors. */
export async function minimize(
  errors: () => tf.Tensor,
  {steps, learningRate, onStep}: Omit<TrainOptions, 'combine'>,
): Promise<void> {
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  for (let step = 0; step < steps; step++) {
    optimizer.minimize(() => tf.sum(errors()));
    onStep?.();
    if (step % 50 === 49) await new Promise(setImmediate); // lets the progress line and Ctrl-C in
  }
  optimizer.dispose();
}

/** The mean squared error of each row. */
export function squaredErrors(predictions: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor1D {
  return tf.mean(tf.squaredDifference(predictions, y), 1);
}

export function errorsOf(
  population: Population,
  x: tf.Tensor1D,
  y: tf.Tensor2D,
  combine: (outputs: tf.Tensor2D) => tf.Tensor2D = (outputs) => outputs,
): number[] {
  return tf.tidy(() => Array.from(squaredErrors(combine(predict(population, x)), y).dataSync()));
}
