import * as tf from '@tensorflow/tfjs';
import {reluPair, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {normal} from '../../support/random';
import {reluPairGradient} from '../definitions';

useBackend();

/** Butterflies in double precision, in place. */
function transform(y: Float64Array): Float64Array {
  for (let h = 1; h < y.length; h *= 2) {
    for (let base = 0; base < y.length; base += 2 * h) {
      for (let i = base; i < base + h; i++) {
        const a = y[i];
        const b = y[i + h];
        y[i] = a + b;
        y[i + h] = a - b;
      }
    }
  }
  return y;
}

const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

describe.each([2 ** 14, 2 ** 17, 2 ** 20])('n = %i', (n) => {
  const x = normal(n, 1);
  const signs = normal(n, 2);

  it.each([false, true])('relative error at most 5e-7, with signs: %s', async (signed) => {
    const y = tf.tidy(() => walshHadamard(tf.tensor1d(x), signed ? {signs: tf.tensor1d(signs)} : {}));
    const expected = transform(Float64Array.from(x, (value, i) => value * (signed ? signs[i] : 1)));
    const actual = await values(y);
    const scale = 1 / Math.sqrt(n);
    const error = expected.map((value, i) => actual[i] - scale * value);
    expect(norm(error) / (scale * norm(expected))).toBeLessThanOrEqual(5e-7);
    y.dispose();
  });

  it('transposed', async () => {
    const [y, gradient] = tf.tidy(() => {
      const [t, s] = [tf.tensor1d(x), tf.tensor1d(signs)];
      return [tf.mul(walshHadamard(t), s), tf.grad((u) => walshHadamard(u, {signs: s}))(t, t)];
    });
    expectClose(await values(gradient), await values(y), {relative: 1e-6});
    tf.dispose([y, gradient]);
  });
});

// More rows than go through memory in turns, each longer than the second cache.
it('the fused transform of five rows of 2^19: relative error at most 5e-7', async () => {
  const [rows, n] = [5, 2 ** 19];
  const x = normal(rows * n, 1);
  const [signs, negative, positive] = [2, 3, 4].map((seed) => normal(n, seed));
  const y = tf.tidy(() =>
    whtReLUPair(tf.tensor2d(x, [rows, n]), tf.tensor1d(negative), tf.tensor1d(positive), {signs: tf.tensor1d(signs)}),
  );
  const actual = await values(y);
  for (let r = 0; r < rows; r++) {
    const z = transform(Float64Array.from(signs, (sign, i) => sign * x[r * n + i]));
    const expected = z.map((value, i) => (value * (value < 0 ? negative[i] : positive[i])) / Math.sqrt(n));
    const error = expected.map((value, i) => actual[r * n + i] - value);
    expect(norm(error) / norm(expected)).toBeLessThanOrEqual(5e-7);
  }
  y.dispose();
});

it('derivatives of slopes that a million values share are summed in doubles', async () => {
  const x = normal(2 ** 20, 3);
  const [one, dy] = [Float32Array.of(1), new Float32Array(x.length).fill(1)];
  const expected = reluPairGradient(x, one, one, dy, [2 ** 20, 1, 1]);
  const gradients = tf.tidy(() => {
    const slope = tf.scalar(1);
    return tf.grads((t, a, b) => reluPair(t, a, b))([tf.tensor1d(x), slope, slope.clone()]);
  });
  for (const i of [1, 2]) expectClose(await values(gradients[i]), expected[i], {relative: 1e-7, absolute: 0});
  tf.dispose(gradients);
});
