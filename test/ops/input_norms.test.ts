import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {clipUnit} from '../../src/ops/input_norms';
import {useBackend} from '../support/backend';
import {evaluate, evaluateAll} from './evaluate';

useBackend();

const X = Float32Array.of(-2, 0, 0.25, 1, 3, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);

describe('clipUnit', () => {
  it('clips to [0, 1], and keeps NaN', async () => {
    expect([...(await evaluate(() => clipUnit(tf.tensor1d(X))))]).toEqual([0, 0, 0.25, 1, 1, 0, 1]);
    expect([...(await evaluate(() => clipUnit(tf.tensor1d([Number.NaN]))))]).toEqual([Number.NaN]);
  });

  it('has the derivative 1 in [0, 1] and 0 outside, and a second one', async () => {
    const [first, second] = await evaluateAll(() => {
      const x = tf.tensor1d(X.subarray(0, 5));
      const slope = tf.grad((t) => tf.sum(tf.square(clipUnit(t))));
      return [tf.grad(clipUnit)(x), tf.grad((t) => tf.sum(slope(t)))(x)];
    });
    expect([...first]).toEqual([0, 1, 1, 1, 0]);
    expect([...second]).toEqual([0, 2, 2, 2, 0]);
  });
});
