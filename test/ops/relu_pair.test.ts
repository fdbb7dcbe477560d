import * as tf from '@tensorflow/tfjs';
import {reluPair} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {BROADCASTS, broadcastReluPair} from './broadcast';
import {evaluate, evaluateAll, normalInput, tensorsLeftBy, toTensor} from './evaluate';

useBackend();

const ROUNDED = {relative: 2 ** -23, absolute: 0};

describe('reluPair', () => {
  it('multiplies by the negative slope below zero and by the positive one above', async () => {
    expect([...(await evaluate(() => reluPair([-2, 3], 0.5, 2)))]).toEqual([-1, 6]);
    const perUnit = await evaluate(() => reluPair(tf.tensor2d([-1, 1, -1, 2, -2, 2], [2, 3]), [1, 2, 3], [4, 5, 6]));
    expect([...perUnit]).toEqual([-1, 5, -3, 8, -4, 12]);
  });

  it.each(BROADCASTS)('broadcasts to x of shape %j slopes of shapes %j and %j', async (...shapes) => {
    const inputs = shapes.map((shape, i) => normalInput(shape, i + 1));
    const y = await evaluate(() => {
      const [x, negative, positive] = inputs.map(toTensor);
      return reluPair(x, negative, positive);
    });
    const expected = broadcastReluPair(...shapes).value(inputs.map(({values}) => values));
    expectClose(y, expected, ROUNDED);
  });

  it('with slopes 0 and 1 is tf.relu, bit for bit, with 1 and 1 the identity, with -1 and 1 the absolute value', async () => {
    const {values} = normalInput([50], 4);
    const x = Float32Array.from(values);
    const [relu, ours, identity, absolute] = await evaluateAll(() => [
      tf.relu(x),
      reluPair(x, 0, 1),
      reluPair(x, 1, 1),
      reluPair(x, -1, 1),
    ]);
    expect(Array.from(ours, (value) => value + 0)).toEqual([...relu]); // -3 * 0 is -0
    expect(identity).toEqual(x);
    expect(absolute).toEqual(x.map(Math.abs));
  });

  it('keeps NaN, takes infinities times the slope, and zero for zero', async () => {
    const x = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0);
    const y = await evaluate(() => reluPair(x, 0.5, -2));
    expect(Array.from(y, (value) => value + 0)).toEqual([
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      0,
      0,
    ]);
  });

  it('has the positive slope for its derivative at 0 and at -0', async () => {
    const dx = await evaluate(() => tf.grad((x) => reluPair(x, 2, 3))(tf.tensor1d([0, -0, 1, -1])));
    expect([...dx]).toEqual([3, 3, 3, 2]);
  });

  it('works on no rows, and then has no derivative by the slopes', async () => {
    const [y, ...gradients] = await evaluateAll(() => {
      const inputs = [tf.zeros([0, 3]), tf.ones([3]), tf.ones([1, 3])];
      const apply = (x: tf.Tensor, negative: tf.Tensor, positive: tf.Tensor) => reluPair(x, negative, positive);
      return [apply(inputs[0], inputs[1], inputs[2]), ...tf.grads(apply)(inputs)];
    });
    expect([y, ...gradients].map((t) => [...t])).toEqual([[], [], [0, 0, 0], [0, 0, 0]]);
  });

  it('takes slices and reshaped views for what they show', async () => {
    const y = await evaluate(() => {
      const t = tf.tensor2d([9, 9, -1, 2, -3, 4], [3, 2]);
      const slopes = tf.tensor1d([7, 5, 6, 7]);
      return reluPair(tf.slice(t, [1, 0]), tf.slice(slopes, 1, 2), tf.reshape(tf.slice(slopes, 2, 2), [2, 1]));
    });
    expect([...y]).toEqual([-5, 12, -15, 28]);
  });

  it('has the second derivative 0, though no term of its gradient depends on x but by a condition', async () => {
    const second = await evaluate(() => {
      const first = tf.grad((x) => reluPair(x, 2, 3));
      return tf.grad((x) => tf.sum(first(x)))(tf.tensor1d([-1, 2]));
    });
    expect([...second]).toEqual([0, 0]);
  });

  it('has third derivatives, of x and of the slopes', async () => {
    const [third, mixed] = await evaluateAll(() => {
      const cube = (x: tf.Tensor, slope: tf.Tensor) => tf.sum(tf.pow(reluPair(x, slope, slope), 3)); // slope^3 x^3
      const first = (x: tf.Tensor, slope: tf.Tensor) => tf.sum(tf.grads(cube)([x, slope])[0]);
      const second = (x: tf.Tensor, slope: tf.Tensor) => tf.sum(tf.grads(first)([x, slope])[0]);
      return tf.grads(second)([tf.tensor1d([2, -3]), tf.scalar(2)]);
    });
    expectClose(third, [48, 48]); // 6 slope^3
    expectClose(mixed, [-72]); // the sum over x of 18 slope^2 x
  });

  it('has the shape and type of x, and leaves no other tensor behind, also where it differentiates', () => {
    const [x, slopes] = [tf.randomNormal<tf.Rank.R3>([2, 3, 4], 0, 1, 'float32', 1), tf.ones([3, 1])];
    const y: tf.Tensor3D = reluPair(x, slopes, 1);
    expect(y.shape).toEqual([2, 3, 4]);
    expect(y.dtype).toBe('float32');
    y.dispose();
    expect(tensorsLeftBy(() => reluPair(x, 0, slopes))).toBe(0);
    expect(tensorsLeftBy(() => reluPair([1, 2], [1, 2], 3))).toBe(0);
    expect(tensorsLeftBy(() => tf.grads((t, s) => reluPair(t, s, 1))([x, slopes]))).toBe(0);
    tf.dispose([x, slopes]);
  });
});
