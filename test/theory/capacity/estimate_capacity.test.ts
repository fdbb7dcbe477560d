/** @slow */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {wilsonInterval} from '../../../src/math/wilson';

const {coverProbability, estimateCapacity} = pw.theory;

const oneUnit = ({inputs, seed}: {inputs: number; seed: number}) =>
  tf.sequential({
    layers: [
      tf.layers.dense({
        units: 1,
        inputShape: [inputs],
        useBias: false,
        kernelInitializer: tf.initializers.randomNormal({seed}),
      }),
    ],
  });

it('finds the capacity of a single unit, which is known', async () => {
  const {numTensors} = tf.memory();
  const seen: number[] = [];
  const estimate = await estimateCapacity(oneUnit, {
    inputs: 16,
    loads: [3.5, 1, 1.5],
    trials: 12,
    steps: 500,
    seed: 3,
    onProgress: ({done, total}) => seen.push(done / total),
  });
  expect(estimate).toMatchObject({weights: 16, trainable: 16});
  expect(estimate.points.map(({load, patterns, trials}) => [load, patterns, trials])).toEqual([
    [1, 16, 12],
    [1.5, 24, 12],
    [3.5, 56, 12],
  ]);
  for (const {patterns, interval} of estimate.points) {
    const expected = coverProbability(patterns, 16);
    expect(interval[0]).toBeLessThanOrEqual(expected);
    expect(interval[1]).toBeGreaterThanOrEqual(expected - 0.1); // training may miss a solution
  }
  expect(estimate.capacity).toBeGreaterThan(1.5);
  expect(estimate.capacity).toBeLessThan(3.5);
  expect(seen).toHaveLength(36);
  expect(seen.at(-1)).toBe(1);
  expect(tf.memory().numTensors).toBe(numTensors);
}, 60_000);

it('gives the same again from the same seed, and other patterns from another', async () => {
  const options = {inputs: 8, loads: [2], trials: 6, steps: 100, seed: 1};
  const [first, again] = [await estimateCapacity(oneUnit, options), await estimateCapacity(oneUnit, options)];
  expect(again).toEqual(first);
  expect(first.capacity).toBeNull(); // one point encloses nothing
});

it('takes an output of 0 for an error', async () => {
  const silent = () =>
    tf.sequential({
      layers: [tf.layers.dense({units: 1, inputShape: [4], kernelInitializer: 'zeros', activation: 'relu'})],
    });
  const {points} = await estimateCapacity(silent, {inputs: 4, loads: [1], trials: 4, steps: 60, seed: 1});
  expect(points[0].learned).toBe(0);
});

it('has the intervals of Wilson', () => {
  expect(wilsonInterval(0, 10)).toEqual([0, expect.closeTo(0.2775, 4)]);
  expect(wilsonInterval(10, 10)).toEqual([expect.closeTo(0.7225, 4), 1]);
  expect(wilsonInterval(5, 10)).toEqual([expect.closeTo(0.2366, 4), expect.closeTo(0.7634, 4)]);
});

it.each([
  [{inputs: 0}, 'estimateCapacity: inputs must be an integer >= 1, but received 0'],
  [{loads: []}, 'loads must be numbers'],
  [{loads: [1, -1]}, 'loads[1] must be a finite number'],
  [{trials: 0}, 'trials must be an integer >= 1'],
  [{seed: 0.5}, 'seed must be an integer'],
  [{weights: 0}, 'weights must be an integer >= 1'],
  [{inputs: 5}, 'the factory must make models from [5] to [1], but received [4] to [1]'],
])('refuses %j', async (wrong, message) => {
  const factory = ({seed}: {seed: number}) => oneUnit({inputs: 4, seed});
  await expect(estimateCapacity(factory, {inputs: 4, loads: [1], seed: 1, ...wrong})).rejects.toThrow(message);
});
