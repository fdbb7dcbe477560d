/** @slow */

import * as tf from '@tensorflow/tfjs';
import {reluPair, triangleWave, walshHadamard, whtReLUPair} from 'tfjs-piecewise';
import {useBackend, values} from '../../support/backend';
import {expectClose} from '../../support/close';
import {normal, uniform} from '../../support/random';
import * as definitions from '../definitions';

useBackend();

/** Butterflies in double precision. */
function transform(x: ArrayLike<number>, n: number): Float64Array {
  const y = Float64Array.from(x);
  for (let h = 1; h < n; h *= 2) {
    for (let i = 0; i < y.length; i++) {
      if (i & h) continue;
      const [a, b] = [y[i], y[i + h]];
      y[i] = a + b;
      y[i + h] = a - b;
    }
  }
  return y;
}

const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

/** As a share of the norm of what is expected. */
function relativeError(actual: ArrayLike<number>, expected: Float64Array): number {
  return norm(expected.map((value, i) => actual[i] - value)) / norm(expected);
}

// Up to 2^13 the shaders differ; from there on two passes differ in their factors only.
it.each([...Array.from({length: 14}, (_, bits) => bits), 16, 19, 20].map((bits) => 2 ** bits))(
  'H x for n = %i, relative error at most 5e-7',
  async (n) => {
    const rows = n < 4096 ? 3 : 1;
    const [x, signs] = [normal(rows * n, 1), normal(n, 2)];
    const y = tf.tidy(() => walshHadamard(tf.tensor2d(x, [rows, n]), {normalize: false, signs: tf.tensor1d(signs)}));
    const expected = transform(
      x.map((value, i) => value * signs[i % n]),
      n,
    );
    expect(relativeError(await values(y), expected)).toBeLessThanOrEqual(5e-7);
    y.dispose();
  },
);

it.each([2 ** 12, 2 ** 20])('H H x = n x for n = %i', async (n) => {
  const x = normal(n, 3);
  const y = tf.tidy(() => walshHadamard(walshHadamard(tf.tensor1d(x), {normalize: false}), {normalize: false}));
  expectClose(
    await values(y),
    x.map((value) => value * n),
    {relative: 1e-6},
  );
  y.dispose();
});

it('an axis of 2^14 between others, and a whole number has no rounding error', async () => {
  const [outer, n, inner] = [2, 2 ** 14, 3];
  const x = Float32Array.from({length: outer * n * inner}, (_, i) => (i * 7919) % 17);
  const y = tf.tidy(() => walshHadamard(tf.tensor3d(x, [outer, n, inner]), {axis: 1, normalize: false}));
  const actual = await values(y);
  const column = (array: ArrayLike<number>, o: number, c: number) =>
    Float64Array.from({length: n}, (_, i) => array[(o * n + i) * inner + c]);
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) expect(column(actual, o, c)).toEqual(transform(column(x, o, c), n));
  }
  y.dispose();
});

it('70,000 rows', async () => {
  const x = uniform(70_000 * 8, 4, -1, 1);
  const y = tf.tidy(() => walshHadamard(tf.tensor2d(x, [70_000, 8]), {normalize: false}));
  expectClose(await values(y), transform(x, 8), {relative: 1e-6});
  y.dispose();
});

it('70,000 workgroups: more than one dimension of a dispatch has', async () => {
  const x = Float32Array.from({length: 70_000 * 64}, (_, i) => i % 4093);
  const y = tf.tidy(() => walshHadamard(tf.tensor2d(x, [x.length, 1]), {signs: [3]}));
  expect((await values(y)).every((value, i) => value === 3 * x[i])).toBe(true);
  y.dispose();
});

it('large values whose sum is no float32 have a mean', async () => {
  const y = tf.tidy(() => walshHadamard(tf.fill([1, 64], 2 ** 124)));
  expect((await values(y))[0]).toBe(2 ** 127);
  y.dispose();
});

it('derivatives of slopes that up to a million values share', async () => {
  for (const shape of [[2 ** 20], [2 ** 17, 2], [100, 1, 1049]]) {
    const units = shape[1] ?? 1;
    const blocks = [shape[0], units, shape[2] ?? 1] as const;
    const x = normal(
      shape.reduce((a, b) => a * b, 1),
      5,
    );
    const slope = new Float32Array(units).fill(1);
    const expected = definitions.reluPairGradient(x, slope, slope, slope.length === 1 ? x.map(() => 1) : x, blocks);
    const gradients = tf.tidy(() => {
      const t = tf.tensor(x, shape);
      const own = shape.length === 3 ? [1, 1, 1] : [units];
      const dy = units === 1 ? tf.onesLike(t) : t;
      return tf.grads((u, a, b) => reluPair(u, a, b))([t, tf.ones(own), tf.ones(own)], dy);
    });
    for (const i of [1, 2]) expectClose(await values(gradients[i]), expected[i], {relative: 5e-7, absolute: 0});
    tf.dispose(gradients);
  }
});

it('derivatives of the slopes after a transform, over many rows', async () => {
  const [rows, n] = [3000, 64];
  const [x, dy] = [normal(rows * n, 6), normal(rows * n, 7)];
  const vectors = [8, 9, 10].map((seed) => normal(n, seed));
  const expected = definitions.whtReLUPairGradient(x, vectors, dy, 1 / 8, [rows, n, 1]);
  const gradients = tf.tidy(() => {
    const [signs, negative, positive] = vectors.map((v) => tf.tensor1d(v));
    const block = (t: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => whtReLUPair(t, a, b, {signs});
    return tf.grads(block)([tf.tensor2d(x, [rows, n]), negative, positive], tf.tensor2d(dy, [rows, n]));
  });
  for (const [i, gradient] of gradients.entries()) expectClose(await values(gradient), expected[i], {relative: 1e-6});
  tf.dispose(gradients);
});

it('derivatives of one wave that a hundred thousand values share', async () => {
  const x = uniform(100_000, 11, -0.1, 1.1);
  const [peaks, scales] = [Float32Array.of(0.3, 0.6, 0.5), Float32Array.of(1, 0.5, 0.25)];
  const expected = definitions.triangleWaveGradient(x, peaks, scales, x, 1);
  const gradients = tf.tidy(() => {
    const t = tf.tensor2d(x, [x.length, 1]);
    return tf.grads(triangleWave)([t, tf.tensor2d(peaks, [1, 3]), tf.tensor2d(scales, [1, 3])], t);
  });
  for (const i of [1, 2]) expectClose(await values(gradients[i]), expected[i], {relative: 1e-4});
  tf.dispose(gradients);
});

it('triangleWave outside of its interval: no derivative by the peaks, also at infinity; NaN stays NaN', async () => {
  const x = tf.tensor2d([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 2], [4, 1]);
  const parameters = [tf.tensor2d([[0.3, 0.6]]), tf.tensor2d([[1, 0.5]])];
  const gradients = tf.tidy(() => tf.grads(triangleWave)([x, ...parameters], tf.onesLike(x)));
  for (const gradient of gradients) expect([...(await values(gradient))].every((value) => value === 0)).toBe(true);
  const y = tf.tidy(() => triangleWave(tf.tensor1d([Number.NaN]), parameters[0], parameters[1]));
  expect(await values(y)).toEqual(Float32Array.of(Number.NaN));
  tf.dispose([x, y, ...parameters, ...gradients]);
});
