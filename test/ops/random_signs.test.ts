import * as tf from '@tensorflow/tfjs';
import {randomSigns, walshHadamard} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {evaluate} from './evaluate';

useBackend();

describe('randomSigns', () => {
  it('gives signs of the golden vector as a Float32Array: for seed 42, -1 1 1 1 -1 -1 1 1', () => {
    expect(randomSigns(8, {seed: 42})).toEqual(Float32Array.of(-1, 1, 1, 1, -1, -1, 1, 1));
    expect(randomSigns(0, {seed: 42})).toEqual(new Float32Array(0));
  });

  it('gives other signs for other seeds and rounds, of which round 0 is the default', () => {
    const first = randomSigns(64, {seed: 1});
    expect(randomSigns(64, {seed: 1, round: 0})).toEqual(first);
    for (const args of [{seed: 2}, {seed: -1}, {seed: 1, round: 1}]) {
      expect(randomSigns(64, args)).not.toEqual(first);
    }
  });

  it('makes the transform a random rotation: a one-hot vector becomes the signs of a row, all of one size', async () => {
    const signs = randomSigns(256, {seed: 3});
    const oneHot = new Float32Array(256);
    oneHot[0] = 1;
    const y = await evaluate(() => tf.mul(walshHadamard(tf.tensor1d(oneHot), {signs}), 16 * signs[0]));
    expectClose(y, new Float32Array(256).fill(1));
  });

  it('spreads a constant over all outputs: none holds more than 1/8 of its energy', async () => {
    const signs = randomSigns(1024, {seed: 4});
    const y = await evaluate(() => walshHadamard(tf.fill([1024], 1 / 32), {signs}));
    expect(Math.max(...y.map((value) => value ** 2))).toBeLessThan(1 / 8);
    expectClose([y.reduce((sum, value) => sum + value ** 2, 0)], [1]);
  });
});
