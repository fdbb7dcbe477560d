/** One process: everything that a seed decides, on one backend, as bits. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type BackendName, start, stopGpu} from '../../bench/backends';
import {KERNELS, kernelCall, type Shape, spread, useAllOps} from '../../bench/kernels';
import {batchOf, everyLayer} from '../soak/models';

/** Results by name; the bytes of their float32 values in base64. */
export type Trial = {[what: string]: string};

/** The second has work for all threads of TensorFlow. */
const SHAPES: Shape[] = [
  [3, 8],
  [64, 4096],
];

/** Each layer alone, with every weight that can be random. */
const LAYERS: {[name: string]: (seed: number) => tf.layers.Layer} = {
  whtProjection: (seed) =>
    pw.layers.whtProjection({
      units: 40,
      rounds: 2,
      trainableSigns: true,
      activation: 'reluPair',
      seed,
      inputShape: [24],
    }),
  reluPair: (seed) => pw.layers.reluPair({parametricFraction: 0.5, initializer: 'uniform', seed, inputShape: [24]}),
  triangleWave: (seed) => pw.layers.triangleWave({scaling: 'free', inputNorm: 'sigmoid', seed, inputShape: [24]}),
  regionDense: (seed) => pw.layers.regionDense({units: 8, subnets: 4, curvature: 'signed', seed, inputShape: [24]}),
  blockDense: (seed) => pw.layers.blockDense({blocks: 4, size: 6, seed, inputShape: [24]}),
};

async function bytes(tensors: tf.Tensor[]): Promise<string> {
  const parts = await Promise.all(tensors.map((tensor) => tensor.data()));
  return Buffer.concat(parts.map((part) => Buffer.from(Float32Array.from(part).buffer))).toString('base64');
}

async function kernels(trial: Trial): Promise<void> {
  useAllOps();
  for (const shape of SHAPES) {
    for (const name of KERNELS) {
      const {inputs, attrs} = kernelCall(name, shape);
      const outputs = [tf.engine().runKernel(name, inputs, attrs)].flat() as tf.Tensor[];
      trial[`ops: ${name} [${shape}]`] = await bytes(outputs);
      tf.dispose([inputs, outputs]);
    }
  }
}

async function layers(trial: Trial, seed: number): Promise<void> {
  const x = tf.tensor2d(spread(5 * 24, -0.5, 1.5), [5, 24]);
  for (const [name, make] of Object.entries(LAYERS)) {
    const model = tf.sequential({layers: [make(seed)]});
    const y = model.predict(x) as tf.Tensor;
    if (model.weights.length > 0) trial[`weights: ${name}`] = await bytes(model.getWeights());
    trial[`layers: ${name}`] = await bytes([y]);
    y.dispose();
    model.dispose();
  }
}

async function training(trial: Trial, steps: number, seed: number): Promise<void> {
  const model = everyLayer(seed);
  trial['weights: a model of every layer'] = await bytes(model.getWeights());
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const [x, y] = batchOf(step);
    losses.push((await model.trainOnBatch(x, y)) as number);
    tf.dispose([x, y]);
  }
  trial[`losses of ${steps} steps`] = await bytes([tf.tensor1d(losses)]);
  trial[`trained weights after ${steps} steps`] = await bytes(model.getWeights());
}

async function main([backend, steps, seed]: string[]): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start(backend as BackendName);
  const trial: Trial = {};
  await kernels(trial);
  await layers(trial, Number(seed));
  await training(trial, Number(steps), Number(seed));
  console.log(JSON.stringify(trial));
}

main(process.argv.slice(2)).finally(stopGpu);
