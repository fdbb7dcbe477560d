import {gzipSync} from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {batch} from '../../../node/batch';
import {type Dataset, type Examples, shuffledIndices} from '../../../node/datasets';
import {accuracy} from '../../../node/training';
import {speedUp} from '../faster_steps';
import type {Network} from './networks';

export const BATCH = 128;

/** How all families are trained; the rate is chosen for each. */
export const RECIPE = {
  optimizer: 'adamW',
  weightDecay: 0.01,
  labelSmoothing: 0.1,
  schedule: 'oneCycle',
  batchSize: BATCH,
} as const;

export const WEIGHT_TYPES = ['float32', 'float16', 'uint8'] as const;
export type WeightType = (typeof WEIGHT_TYPES)[number];

/** A saved model: bytes of its weights and of its gzipped layers, and its accuracy once loaded again. */
export interface SavedModel {
  weightBytes: number;
  layerBytes: number;
  test: number;
}

export interface Training {
  learningRate: number;
  epochs: number;
  seed: number;
}

/** Shares of images that are classified right after the last step, or why there are none. */
export interface Trained {
  validation: number;
  test: number;
  files: {[type in WeightType]: SavedModel};
  seconds: number;
}

/**
 * Trains a network. The validation images choose rates; no epoch is chosen.
 *
 * @throws If the loss does not stay finite.
 */
export async function trainNetwork(
  network: Network,
  data: Dataset,
  {learningRate, epochs, seed}: Training,
  onEpoch: (epoch: number) => void,
): Promise<Trained> {
  const start = performance.now();
  const model = network.build(seed);
  speedUp(model);
  const {weightDecay, labelSmoothing} = RECIPE;
  const optimizer = pw.optimizers.adamW({learningRate, weightDecay});
  const schedule = pw.schedules.oneCycle({learningRate});
  const loss = (labels: tf.Tensor, logits: tf.Tensor) =>
    tf.losses.softmaxCrossEntropy(labels, logits, undefined, labelSmoothing);
  model.compile({optimizer, loss});
  const {count} = data.train;
  const batches = Math.floor(count / BATCH); // of a whole batch each: the statistics of a small one are rough
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = shuffledIndices(count, 1000 * seed + epoch);
      for (let i = 0; i < batches; i++) {
        schedule.set(optimizer, epoch * batches + i, epochs * batches);
        const [x, y] = batch(data.train, order.subarray(i * BATCH, (i + 1) * BATCH), data.numClasses);
        const value = Number(await model.trainOnBatch(x, y));
        tf.dispose([x, y]);
        if (!Number.isFinite(value)) throw new Error(`the loss became ${value} in epoch ${epoch + 1}`);
      }
      onEpoch(epoch + 1);
      await new Promise(setImmediate);
    }
    const seconds = (performance.now() - start) / 1000;
    const validation = accuracy(model, data.validation!, data);
    const test = accuracy(model, data.test, data);
    const files = {float32: {...sizesOf(await artifactsOf(model)), test}} as {[type in WeightType]: SavedModel};
    for (const type of ['float16', 'uint8'] as const) files[type] = await quantized(model, type, data);
    return {validation, test, files, seconds};
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

/** What a reader of the smaller file gets. */
async function quantized(model: tf.LayersModel, dtype: 'float16' | 'uint8', data: Dataset): Promise<SavedModel> {
  const {artifacts} = await pw.exporters.quantize(model, {dtype});
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  const test = accuracy(loaded, data.test, data);
  loaded.dispose();
  return {...sizesOf(artifacts), test};
}

function sizesOf({modelTopology, weightSpecs, weightData}: tf.io.ModelArtifacts): Omit<SavedModel, 'test'> {
  return {
    weightBytes: new tf.io.CompositeArrayBuffer(weightData).byteLength,
    layerBytes: gzipSync(JSON.stringify({modelTopology, weightSpecs})).length,
  };
}

async function artifactsOf(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return {modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(given)};
    }),
  );
  return artifacts;
}

/** The first images of a shuffled set, which are of all classes. */
export function firstOf({x, y, count}: Examples, wanted: number): Examples {
  const size = x.length / count;
  const rows = shuffledIndices(count, 1).subarray(0, wanted);
  const images = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) images.set(x.subarray(row * size, (row + 1) * size), i * size);
  return {x: images, y: Uint8Array.from(rows, (row) => y[row]), count: rows.length};
}
