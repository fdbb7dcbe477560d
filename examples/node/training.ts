import * as tf from '@tensorflow/tfjs';
import {median} from '../median';
import {batch} from './batch';
import type {Checkpoint} from './checkpoint';
import {type Dataset, type Examples, shuffledIndices} from './datasets';
import type {Experiment} from './experiments';
import {compile} from './recipe';

export interface RunResult {
  name: string;
  seed: number;
  parameters: number;
  testAccuracy: number;
  /** Validation accuracy of the best epoch, or minus its training loss where there is no validation set. */
  score: number;
  bestEpoch: number;
  /** Median over the epochs that this process trained; of a resumed run that was at its end, those before. */
  msPerEpoch: number;
}

export interface RunOptions {
  checkpoint: Checkpoint;
  resume: boolean;
  signal: AbortSignal;
  onEpoch(epoch: number, status: {loss: number; score: number}): void;
}

/** Trains one model from one seed, keeps the weights of the best epoch in the checkpoint, and tests those. */
export async function trainRun(
  {architecture, recipe}: Experiment,
  dataset: Dataset,
  seed: number,
  {checkpoint, resume, signal, onEpoch}: RunOptions,
): Promise<RunResult> {
  const settings = JSON.stringify({name: architecture.name, seed, recipe, data: dataset.train.count});
  if (resume) {
    const done = checkpoint.result<RunResult>(settings);
    if (done) return done;
  }
  const isConvolutional = architecture.family === 'image';
  if (isConvolutional && tf.getBackend() === 'wasm') await import('tfjs-piecewise/wasm/convolution'); // it lacks derivatives
  const model = architecture.build(seed);
  const {optimizer, schedule} = compile(model, recipe);
  let best = resume ? await checkpoint.restore(model, settings) : null;
  const times: number[] = [];
  const batches = Math.ceil(dataset.train.count / recipe.batchSize);
  for (let epoch = best ? best.epoch + 1 : 1; epoch <= recipe.epochs; epoch++) {
    const start = performance.now();
    const onBatch = (index: number) => schedule.set(optimizer, (epoch - 1) * batches + index, recipe.epochs * batches);
    const loss = await trainEpoch(model, dataset, recipe.batchSize, seed * 1000 + epoch, onBatch, signal);
    times.push(performance.now() - start);
    if (!Number.isFinite(loss)) {
      throw new Error(
        `${architecture.name}, seed ${seed}: the loss became ${loss} in epoch ${epoch}. Lower the learning rate.`,
      );
    }
    const score = dataset.validation ? accuracy(model, dataset.validation, dataset) : -loss;
    if (!best || score > best.score) {
      best = {settings, epoch, score, msPerEpoch: median(times)};
      await checkpoint.save(model, best);
    }
    onEpoch(epoch, {loss, score});
  }
  const bestModel = await checkpoint.load();
  const result: RunResult = {
    name: architecture.name,
    seed,
    parameters: model.trainableWeights.reduce((sum, {shape}) => sum + tf.util.sizeFromShape(shape as number[]), 0),
    testAccuracy: accuracy(bestModel, dataset.test, dataset),
    score: best!.score,
    bestEpoch: best!.epoch,
    msPerEpoch: times.length > 0 ? median(times) : best!.msPerEpoch,
  };
  checkpoint.finish(settings, result);
  model.dispose();
  bestModel.dispose();
  optimizer.dispose();
  return result;
}

/** One pass over the training examples in the order of a seed. Returns the mean loss. */
async function trainEpoch(
  model: tf.LayersModel,
  {train, numClasses}: Dataset,
  batchSize: number,
  seed: number,
  onBatch: (index: number) => void,
  signal: AbortSignal,
): Promise<number> {
  const order = shuffledIndices(train.count, seed);
  let total = 0;
  for (let start = 0; start < train.count; start += batchSize) {
    onBatch(start / batchSize);
    const rows = order.subarray(start, start + batchSize);
    const [x, y] = batch(train, rows, numClasses);
    total += Number(await model.trainOnBatch(x, y)) * rows.length;
    tf.dispose([x, y]);
    await new Promise(setImmediate); // lets Ctrl-C in
    signal.throwIfAborted();
  }
  return total / train.count;
}

/** Share of the examples whose largest logit is that of their class. */
export function accuracy(model: tf.LayersModel, {x, y, count}: Examples, {numClasses}: Dataset): number {
  return tf.tidy(() => {
    const [logits] = [model.predict(tf.tensor2d(x, [count, x.length / count]), {batchSize: 1000})].flat();
    const guesses = logits.argMax(1).dataSync();
    const right = guesses.filter((guess, i) => guess === y[i] && guess < numClasses).length;
    return right / count;
  });
}
