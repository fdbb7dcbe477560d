import * as tf from '@tensorflow/tfjs';
import {randomPermutation} from '../../math/random';
import type {Network} from './networks';
import {batchOf, judge, lossOf, type Problem} from './problem';
import {optimizerOf, type Recipe, scheduleOf, stepsOf} from './recipe';

export interface RunSettings {
  seed: number;
  /** Highest learning rate. */
  rate: number;
  /** Those that train. */
  rows: Int32Array;
  epochs: number;
  /** Called after each step. */
  onStep?: () => void;
}

/** A trained network: the weights of its best epoch. */
export interface Run {
  network: Network;
  seed: number;
  rate: number;
  /** The epoch that was best on the validation rows, from 1. */
  epoch: number;
  /** Mean error and loss on the validation rows; Infinity if training diverged. */
  validation: {error: number; loss: number};
  /** By the names of the layers. */
  weights: {[layer: string]: {values: Float32Array; shape: number[]}[]};
}

/** So often at most a training looks at the validation rows, and at so many of them. */
const LOOKS = 20;
const LOOK_ROWS = 20_000;

/** A network with nothing before or after it, for inputs of mean 0 and variance 1. */
export const bareModel = ({layers}: Network, {ends}: Problem, seed: number): tf.Sequential =>
  tf.sequential({layers: [tf.layers.inputLayer({inputShape: [ends.inputs]}), ...layers(seed)]});

/** Trains a network, and keeps the weights that are best on the validation rows. */
export async function trainNetwork(
  network: Network,
  problem: Problem,
  recipe: Recipe,
  {seed, rate, rows, epochs, onStep}: RunSettings,
): Promise<Run> {
  const {validation} = problem.split;
  const steps = stepsOf(recipe, rows.length, epochs);
  const model = bareModel(network, problem, seed);
  const optimizer = optimizerOf(recipe, rate);
  const schedule = scheduleOf(rate);
  model.compile({optimizer, loss: lossOf(problem)});
  const best: Run = {network, seed, rate, epoch: 0, validation: {error: Infinity, loss: Infinity}, weights: {}};
  try {
    for (let epoch = 1, step = 0; epoch <= epochs; epoch++) {
      for (const batch of batches(rows, recipe.batchSize, seed * 1000 + epoch)) {
        schedule.set(optimizer, step++, steps);
        await trainStep(model, problem, batch);
        onStep?.();
      }
      if (epoch % Math.ceil(epochs / LOOKS) !== 0 && epoch !== epochs) continue;
      const {error, loss} = judge(model, problem, validation.subarray(0, LOOK_ROWS));
      if (!isBetter({error, loss}, best.validation)) continue;
      Object.assign(best, {epoch, validation: {error, loss}, weights: weightsOf(model)});
    }
  } finally {
    model.dispose();
    optimizer.dispose();
  }
  return best;
}

/** NaN is never better. */
export const isBetter = (a: Run['validation'], b: Run['validation']): boolean =>
  a.error < b.error || (a.error === b.error && a.loss < b.loss);

async function trainStep(model: tf.LayersModel, problem: Problem, rows: Int32Array): Promise<void> {
  const {x, y} = batchOf(problem, rows);
  await model.trainOnBatch(x, y);
  tf.dispose([x, y]);
  await new Promise(setImmediate); // lets the progress bar and Ctrl-C in
}

/** The rows in the order of a seed, a batch at a time. */
function* batches(rows: Int32Array, size: number, seed: number): Generator<Int32Array> {
  const order = randomPermutation(rows.length, seed).map((place) => rows[place]);
  for (let start = 0; start < order.length; start += size) yield order.subarray(start, start + size);
}

function weightsOf(model: tf.LayersModel): Run['weights'] {
  const copy = (weight: tf.Tensor) => ({values: weight.dataSync<'float32'>().slice(), shape: weight.shape});
  return Object.fromEntries(model.layers.map((layer) => [layer.name, layer.getWeights().map(copy)]));
}

/** Puts the weights of a run into the layers of those names. */
export function setWeights(model: tf.LayersModel, weights: Run['weights']): void {
  for (const [name, layerWeights] of Object.entries(weights)) {
    if (layerWeights.length === 0) continue;
    tf.tidy(() => model.getLayer(name).setWeights(layerWeights.map(({values, shape}) => tf.tensor(values, shape))));
  }
}

/** Milliseconds of a step on the active backend, the median of a few after as many to warm up. */
export async function stepTime(network: Network, problem: Problem, recipe: Recipe): Promise<number> {
  const model = bareModel(network, problem, 1);
  const optimizer = optimizerOf(recipe, 0.001);
  model.compile({optimizer, loss: lossOf(problem)});
  const rows = problem.split.train.subarray(0, recipe.batchSize);
  const times: number[] = [];
  for (let i = 0; i < 16; i++) {
    const start = performance.now();
    await trainStep(model, problem, rows);
    times.push(performance.now() - start);
  }
  model.dispose();
  optimizer.dispose();
  return times.slice(8).sort((a, b) => a - b)[4];
}
