/** @slow */

import * as tf from '@tensorflow/tfjs';
import {curve, growth, isFlat} from '../../reliability/soak/memory_growth';
import {type Sample, soak} from '../../reliability/soak/train';

/** 200 samples of a process of 300 MB that comes and goes by 5 %, and grows by `leak` MB each. */
function samplesOf(leak: number): Sample[] {
  return Array.from({length: 200}, (_, k) => ({
    step: k + 1,
    tensors: 20,
    handles: 20,
    heapMB: 0,
    processMB: 300 + ((7 * k) % 31) / 2 + leak * k,
    loss: 1,
  }));
}

it('a process that comes and goes is flat, one that grows by 6 % under the same noise is not', () => {
  expect(Math.abs(growth(samplesOf(0)))).toBeLessThan(0.01);
  expect(isFlat(samplesOf(0))).toBe(true);
  expect(growth(samplesOf(0.1))).toBeGreaterThan(0.03);
  expect(isFlat(samplesOf(0.1))).toBe(false);
});

it.each(['tensors', 'handles', 'heapMB'] as const)('one more of %s at the end is found', (key) => {
  const samples = samplesOf(0);
  samples[samples.length - 1][key]++;
  expect(isFlat(samples)).toBe(false);
});

it('a training holds nothing more, and a tensor left behind in a step is found', async () => {
  await tf.setBackend('cpu');
  expect(isFlat(await soak(20, 10))).toBe(true);
  const left: tf.Tensor[] = [];
  const {trainOnBatch} = tf.Sequential.prototype;
  const spy = jest.spyOn(tf.Sequential.prototype, 'trainOnBatch').mockImplementation(function (
    this: tf.Sequential,
    x,
    y,
  ) {
    left.push(tf.scalar(1));
    return trainOnBatch.call(this, x, y);
  });
  expect(isFlat(await soak(20, 10))).toBe(false);
  spy.mockRestore();
  tf.dispose(left);
});

it('the curve is of the medians of its parts', () => {
  expect(curve([1, 1, 9, 2, 2, 2, 3, 3, 3], 3)).toBe('1 ▁▅█ 3');
});
