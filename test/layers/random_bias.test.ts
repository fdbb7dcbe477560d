import * as tf from '@tensorflow/tfjs';
import {layers, optimizers, schedules} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';
import {outputs} from './models';

useBackend();

/** Projections and slopes, 64 units, 3 times, and a dense read-out. */
const network = (args?: {randomBias?: number}) =>
  tf.sequential({
    layers: [
      layers.whtProjection({units: 64, inputShape: [4], ...args}),
      layers.reluPair(),
      ...[1, 2].flatMap(() => [layers.whtProjection({units: 64, ...args}), layers.reluPair()]),
      layers.whtProjection({units: 64, ...args}),
      tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: 1})}),
    ],
  });

it.each([
  ['is positively homogeneous without any bias', 0, true],
  ['is not by default', undefined, false],
])('a network of projections %s', async (_, randomBias, homogeneous) => {
  const model = network({randomBias});
  const x = normal(8 * 4, 1);
  const y = await outputs(model, () => tf.tensor2d(x, [8, 4]));
  const tripled = await outputs(model, () =>
    tf.tensor2d(
      x.map((value) => 3 * value),
      [8, 4],
    ),
  );
  const check = () =>
    expectClose(
      tripled,
      y.map((value) => 3 * value),
      {relative: 1e-5},
    );
  if (homogeneous) check();
  else expect(check).toThrow('differ');
  model.dispose();
});

it('learns sin(x1 + .. + x4) from 500 points with its defaults to 4 % of the variance on others', async () => {
  const sine = (x: Float32Array) =>
    Float32Array.from({length: x.length / 4}, (_, i) =>
      Math.sin(x[4 * i] + x[4 * i + 1] + x[4 * i + 2] + x[4 * i + 3]),
    );
  const model = network();
  expect(model.countParams()).toBe(449);
  const [inputs, others] = [normal(500 * 4, 2), normal(2000 * 4, 3)];
  const [x, y] = [tf.tensor2d(inputs, [500, 4]), tf.tensor2d(sine(inputs), [500, 1])];
  const [epochs, batches, size] = [100, 5, 100];
  const optimizer = optimizers.adamW();
  const schedule = schedules.oneCycle({learningRate: 0.06});
  model.compile({optimizer, loss: 'meanSquaredError'});
  for (let step = 0; step < epochs * batches; step++) {
    schedule.set(optimizer, step, epochs * batches);
    const from = size * (step % batches);
    const batch = tf.tidy(() => [tf.slice(x, [from, 0], [size, 4]), tf.slice(y, [from, 0], [size, 1])]);
    await model.trainOnBatch(batch[0], batch[1]);
    tf.dispose(batch);
  }
  const wanted = sine(others);
  const given = await outputs(model, () => tf.tensor2d(others, [2000, 4]));
  const mean = wanted.reduce((sum, value) => sum + value, 0) / 2000;
  const squares = (of: (i: number) => number) => wanted.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  expect(squares((i) => given[i] - wanted[i]) / squares((i) => wanted[i] - mean)).toBeLessThan(0.04);
  tf.dispose([x, y]);
  optimizer.dispose();
  model.dispose();
}, 240_000);
