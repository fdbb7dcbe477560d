import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {backendName, useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {copyOf, inputs, outputs, saved} from './models';

useBackend();

// WebGPU runs on a software driver here, which takes seconds to compile each shader.
const EPOCHS = 15;
jest.setTimeout(120_000);

/** The same lines with tf.layers.dense and with regionDense. */
function network(dense: typeof tf.layers.dense | typeof layers.regionDense): tf.Sequential {
  const {glorotNormal} = tf.initializers;
  return tf.sequential({
    layers: [
      dense({units: 8, inputShape: [3], activation: 'tanh', kernelInitializer: glorotNormal({seed: 1}), name: 'first'}),
      dense({units: 5, biasInitializer: 'ones', kernelInitializer: glorotNormal({seed: 2}), name: 'second'}),
      dense({units: 1, useBias: false, kernelInitializer: glorotNormal({seed: 3}), name: 'third'}),
    ],
  });
}

async function train(model: tf.LayersModel): Promise<number[]> {
  const x = inputs(32, [3], 4);
  const y = tf.tidy(() => tf.sum(tf.square(x), 1, true));
  model.compile({optimizer: tf.train.adam(0.02), loss: 'meanSquaredError'});
  const {history} = await model.fit(x, y, {epochs: EPOCHS, batchSize: 16, shuffle: false, verbose: 0});
  tf.dispose([x, y]);
  model.optimizer.dispose();
  return history.loss as number[];
}

const probe = () => inputs(9, [3], 5);

it('regionDense stands for tf.layers.dense by changing one word: builds, trains, saves, loads', async () => {
  const models = [network(tf.layers.dense), network(layers.regionDense)];
  expect(models[1].outputs[0].shape).toEqual(models[0].outputs[0].shape);
  for (const model of models) {
    const losses = await train(model);
    expect(losses.at(-1)).toBeLessThan(losses[0]);
    const copy = await copyOf(model);
    expect(await outputs(copy, probe)).toEqual(await outputs(model, probe));
    copy.dispose();
    model.dispose();
  }
});

it(`a model of regionDense trains on ${backendName} with the losses that it has on cpu, up to 0.1 %`, async () => {
  const model = network(layers.regionDense);
  const artifacts = await saved(model);
  const losses = await train(model);
  model.dispose();
  await tf.setBackend('cpu');
  try {
    const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    expectClose(losses, await train(copy), {relative: 1e-3, absolute: 0});
    copy.dispose();
  } finally {
    await tf.setBackend(backendName);
  }
  expect(losses.length).toBe(EPOCHS);
});
