import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {backendName, isSync, useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {inputs, outputs, saved, weightsOf} from './models';

useBackend();

const everyLayer = () =>
  tf.sequential({
    layers: [
      layers.whtProjection({units: 12, rounds: 2, seed: 1, inputShape: [4, 7]}),
      layers.reluPair({parametricFraction: 0.5, initializer: 'uniform', sharedAxes: [1], seed: 2}),
      layers.whtProjection({units: 5, axis: 1, trainableSigns: true, seed: 3, activation: 'sigmoid'}),
      layers.triangleWave({depth: 4, curvature: 'dc', inputNorm: 'fold', seed: 4}),
      layers.regionDense({units: 8, subnets: 4, depth: 3, scaling: 'takagi', curvature: 'signed', seed: 5}),
      layers.blockDense({seed: 6}),
      layers.regionDense({units: 3, depth: 2, scaling: 'free', inputNorm: 'none', seed: 7}),
    ],
  });

/** Runs on cpu, then comes back to the backend under test. */
async function onCpu<T>(run: () => Promise<T>): Promise<T> {
  await tf.setBackend('cpu');
  try {
    return await run();
  } finally {
    await tf.setBackend(backendName);
  }
}

const x = () => inputs(9, [4, 7], 6);

it(`a model of every layer saved on ${backendName} predicts the same on cpu, up to 1e-5`, async () => {
  const model = everyLayer();
  const expected = await outputs(model, x);
  const artifacts = await saved(model);
  model.dispose();
  const actual = await onCpu(async () => {
    const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    const y = await outputs(copy, x);
    copy.dispose();
    return y;
  });
  expectClose(actual, expected, {relative: 1e-5, absolute: 1e-6});
  expect(expected.length).toBe(9 * 5 * 3);
});

(isSync ? it : it.skip)(`a model made on ${backendName} goes on predicting when the backend becomes cpu`, async () => {
  const model = everyLayer();
  const expected = await outputs(model, x);
  expectClose(await onCpu(() => outputs(model, x)), expected, {relative: 1e-5, absolute: 1e-6});
  expectClose(await outputs(model, x), expected, {relative: 1e-5, absolute: 1e-6});
  model.dispose();
});

it(`a model made again from its seeds is the same on ${backendName} as on cpu`, async () => {
  const make = async () => {
    const model = everyLayer();
    const weights = await Promise.all(model.layers.map(weightsOf));
    const y = await outputs(model, x);
    model.dispose();
    return {weights, y};
  };
  const [here, cpu] = [await make(), await onCpu(make)];
  for (const [i, weights] of cpu.weights.entries()) {
    expect(Object.keys(here.weights[i])).toEqual(Object.keys(weights));
    for (const [name, values] of Object.entries(weights)) expectClose(here.weights[i][name], values, {relative: 1e-6});
  }
  expectClose(here.y, cpu.y, {relative: 1e-5, absolute: 1e-6});
});
