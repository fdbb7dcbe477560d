import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {backendName, useBackend} from '../support/backend';
import {settledMemory} from '../support/leaks';
import {inputs} from './models';

useBackend();

/** Tensors are counted exactly, so that one forgotten in a step shows at once; `npm run reliability -- soak` takes 10^5 steps. */
const STEPS = {cpu: 200, wasm: 100, tensorflow: 100, webgpu: 10}[backendName];

function everyLayer(): tf.Sequential {
  return tf.sequential({
    layers: [
      layers.whtProjection({units: 3, inputShape: [4]}),
      layers.reluPair({parametricFraction: 0.5}),
      layers.triangleWave({depth: 2}),
      layers.blockDense({size: 3}),
      layers.regionDense({units: 1, depth: 1}),
    ],
  });
}

it(`${STEPS} steps of training a model of every layer leave no tensor and no buffer behind`, async () => {
  const model = everyLayer();
  const [x, y] = [inputs(2, [4]), tf.ones([2, 1])];
  const optimizer = tf.train.sgd(1e-4);
  const loss = () => tf.mean(tf.squaredDifference(model.apply(x, {training: true}) as tf.Tensor, y)) as tf.Scalar;
  const step = () => optimizer.minimize(loss);
  step(); // makes what is made once
  const before = await settledMemory();
  for (let i = 1; i < STEPS; i++) step();
  const after = await settledMemory();
  expect(after.numTensors).toBe(before.numTensors);
  expect(after.numDataBuffers).toBe(before.numDataBuffers);
  expect(after.numBytes).toBe(before.numBytes);
  optimizer.dispose();
  model.dispose();
  tf.dispose([x, y]);
}, 60_000);

it('predictions leave no tensor behind, and a disposed model none at all', async () => {
  const before = tf.memory();
  const model = everyLayer();
  const x = inputs(2, [4]);
  tf.dispose(model.predict(x));
  const between = await settledMemory();
  for (let i = 0; i < 20; i++) tf.dispose(model.predict(x));
  const after = await settledMemory();
  expect(after.numTensors).toBe(between.numTensors);
  expect(after.numDataBuffers).toBe(between.numDataBuffers);
  model.dispose();
  x.dispose();
  expect(tf.memory().numTensors).toBe(before.numTensors);
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
});

it('a layer used in two models keeps its constants until both are gone', () => {
  const shared = layers.whtProjection({units: 3, seed: 1});
  const make = () => {
    const input = tf.input({shape: [8]});
    return tf.model({inputs: input, outputs: shared.apply(input) as tf.SymbolicTensor});
  };
  const [first, second] = [make(), make()];
  const x = inputs(2, [8]);
  first.dispose();
  expect(() => tf.dispose(second.predict(x))).not.toThrow();
  second.dispose();
  x.dispose();
});
