import * as tf from '@tensorflow/tfjs';
import {triangleWave} from 'tfjs-piecewise';
import * as definitions from '../kernels/definitions';
import {tiedScales, waveBreakpoints} from '../math/waves';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {normal, uniform} from '../support/random';
import {evaluate, evaluateAll, sizeOf, tensorsLeftBy} from './evaluate';

useBackend();

describe('triangleWave', () => {
  it.each([
    [[1], 1],
    [[3], 4],
    [[20, 1], 4],
    [[9, 3], 5],
    [[2, 4, 3], 3],
    [[2, 3, 2, 5], 2],
  ] as [number[], number][])(
    'is the recursion over the tents, for x of shape %j and depth %d',
    async (shape, depth) => {
      const channels = shape.at(-1)!;
      const x = uniform(sizeOf(shape), 1, -0.25, 1.25);
      const [peaks, scales] = [uniform(channels * depth, 2, 0.25, 0.75), normal(channels * depth, 3)];
      const y = await evaluate(() =>
        triangleWave(
          tf.tensor(x, shape),
          tf.tensor2d(peaks, [channels, depth]),
          tf.tensor2d(scales, [channels, depth]),
        ),
      );
      // Each tent is up to 4 times as steep as its input.
      expectClose(y, definitions.triangleWave(x, peaks, scales, channels), {relative: 4 ** depth * 2 ** -23});
    },
  );

  it.each([[[4]], [[1, 4]]])('shares peaks or scales of shape %j between the channels', async (shape) => {
    const x = uniform(10, 4);
    const [peaks, scales] = [uniform(4, 5, 0.3, 0.7), normal(4, 6)];
    const own = normal(8, 7);
    const [both, one] = await evaluateAll(() => {
      const t = tf.tensor2d(x, [5, 2]);
      const shared = tf.tensor(peaks, shape);
      return [triangleWave(t, shared, tf.tensor(scales, shape)), triangleWave(t, shared, tf.tensor2d(own, [2, 4]))];
    });
    const twice = (values: Float32Array) => [...values, ...values];
    expectClose(both, definitions.triangleWave(x, twice(peaks), twice(scales), 2));
    expectClose(one, definitions.triangleWave(x, twice(peaks), own, 2));
  });

  it('is 0 at 0, at 1 and outside, 1 at the peak, also at infinity; NaN stays NaN', async () => {
    const x = [0, 1, -1e-6, 1 + 1e-6, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0.25, Number.NaN];
    const y = await evaluate(() => triangleWave(tf.tensor2d(x, [8, 1]), [0.25], [1]));
    expect(Array.from(y, (value) => value + 0)).toEqual([0, 0, 0, 0, 0, 0, 1, Number.NaN]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'of depth %d goes up and down between 0 and 1 in 2^depth straight pieces',
    async (depth) => {
      const peaks = uniform(depth, depth, 0.35, 0.65);
      const ends = waveBreakpoints(peaks);
      expect(ends.length).toBe(2 ** depth + 1);
      const x = ends.slice(1).flatMap((end, i) => [0, 0.25, 0.5, 0.75].map((t) => ends[i] + t * (end - ends[i])));
      const lastWave = Float32Array.from(peaks, (_, i) => (i === depth - 1 ? 1 : 0));
      const y = await evaluate(() => triangleWave(tf.tensor2d(x, [x.length, 1]), peaks, lastWave));
      const expected = x.map((_, k) => (k % 8 < 4 ? (k % 4) / 4 : 1 - (k % 4) / 4));
      expectClose(y, expected, {relative: 0, absolute: 2 ** -23 * 0.35 ** -depth}); // the slope times the rounding of x
    },
  );

  it.each([1, 2, 3, 5, 8])('of depth %d with Yarotsky’s scales is x - x^2 up to 2^-(2 depth + 2)', async (depth) => {
    const steps = 2 ** (depth + 1); // the ends and the middles of all pieces: every number here is exact in float32
    const x = Float32Array.from({length: steps + 1}, (_, i) => i / steps);
    const scales = Array.from({length: depth}, (_, i) => 4 ** -(i + 1));
    const y = await evaluate(() => triangleWave(tf.tensor2d(x, [steps + 1, 1]), new Array(depth).fill(0.5), scales));
    const errors = Array.from(y, (value, i) => x[i] - x[i] ** 2 - value);
    expect(errors).toEqual(Array.from(x, (_, i) => (i % 2) * 2 ** -(2 * depth + 2)));
  });

  it('of depth 20 stays exact to 5e-7, and finite everywhere, with scales that follow the law of the paper', async () => {
    const peaks = uniform(20, 1, 0.25, 0.75);
    const scales = Float32Array.from(tiedScales([...peaks, 0.5], peaks[0] * peaks[1]));
    const x = uniform(4096, 2, -0.1, 1.1);
    const [y, ...gradients] = await evaluateAll(() => {
      const inputs = [tf.tensor2d(x, [4096, 1]), tf.tensor1d(peaks), tf.tensor1d(scales)];
      return [triangleWave(inputs[0], inputs[1], inputs[2]), ...tf.grads(triangleWave)(inputs)];
    });
    expectClose(y, definitions.triangleWave(x, peaks, scales, 1), {relative: 0, absolute: 5e-7});
    for (const gradient of gradients) expect(gradient.every(Number.isFinite)).toBe(true);
  });

  it('has the second derivative 0 in x', async () => {
    const second = await evaluate(() => {
      const first = tf.grad((x) => triangleWave(x, [0.4, 0.6], [1, 2]));
      return tf.grad((x) => tf.sum(first(x)))(tf.tensor2d([0.1, 0.9], [2, 1]));
    });
    expect([...second]).toEqual([0, 0]);
  });

  it('works on no rows, and then has no derivative by peaks and scales', async () => {
    const [y, ...gradients] = await evaluateAll(() => {
      const inputs = [tf.zeros([0, 1]), tf.fill([1, 2], 0.5), tf.ones([1, 2])];
      return [triangleWave(inputs[0], inputs[1], inputs[2]), ...tf.grads(triangleWave)(inputs)];
    });
    expect([y, ...gradients].map((t) => [...t])).toEqual([[], [], [0, 0], [0, 0]]);
  });

  it('takes slices and plain arrays, and gives 0.1875 and 0.25 for the example of its documentation', async () => {
    const y = await evaluate(() => triangleWave([[0.25], [0.5]], [[0.5, 0.5]], [[0.25, 0.0625]]));
    expect([...y]).toEqual([0.1875, 0.25]);
    const sliced = await evaluate(() => {
      const scales = tf.tensor1d([9, 0.25, 0.0625, 9]);
      return triangleWave(tf.slice(tf.tensor2d([[9], [0.25], [0.5]]), 1), [0.5, 0.5], tf.slice(scales, 1, 2));
    });
    expect([...sliced]).toEqual([0.1875, 0.25]);
  });

  it('has the shape and type of x, and leaves no other tensor behind, also where it differentiates', () => {
    const inputs = [tf.fill([2, 3, 4], 0.3), tf.fill([4, 2], 0.4), tf.ones([4, 2])];
    const y = triangleWave(inputs[0] as tf.Tensor3D, inputs[1], [1, 2]);
    expect(y.shape).toEqual([2, 3, 4]);
    expect(y.dtype).toBe('float32');
    y.dispose();
    expect(tensorsLeftBy(() => triangleWave(inputs[0], [0.5], [1]))).toBe(0);
    expect(tensorsLeftBy(() => tf.grads(triangleWave)(inputs))).toBe(0);
    tf.dispose(inputs);
  });
});
