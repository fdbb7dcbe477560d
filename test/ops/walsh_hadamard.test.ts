import * as tf from '@tensorflow/tfjs';
import {randomSigns, walshHadamard} from 'tfjs-piecewise';
import * as definitions from '../kernels/definitions';
import {backendName, useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {mulberry32, normal} from '../support/random';
import {evaluate, evaluateAll, sizeOf, tensorsLeftBy} from './evaluate';

useBackend();

// WebGPU runs on a software driver here: the matrices above take minutes.
const LARGEST_MATRIX = backendName === 'webgpu' ? 512 : 4096;
const LONGEST = backendName === 'webgpu' ? 2 ** 16 : 2 ** 20;

/** One rounding of 2^-24 per level of butterflies, plus one at each end. */
const rounding = (n: number) => ({relative: (2 + Math.log2(n)) * 2 ** -24, absolute: 0});

describe('walshHadamard', () => {
  const powers = Array.from({length: 1 + Math.log2(LARGEST_MATRIX)}, (_, k) => 2 ** k);
  it.each(powers)('is the matrix H of Sylvester, and H Hᵀ = n I, exactly, for n = %d', async (n) => {
    const [h, product] = await evaluateAll(() => {
      const h = walshHadamard(tf.eye(n), {normalize: false});
      return [h, walshHadamard(h, {normalize: false})]; // H is symmetric: its rows times H are H Hᵀ
    });
    let wrong = 0;
    const sylvester = definitions.walshHadamard(identityColumn(n, n - 1), [1, n, 1]);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        // The last row of H has the parity of j at j, so it knows that of i & j.
        if (h[i * n + j] !== sylvester[i & j] || product[i * n + j] !== (i === j ? n : 0)) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });

  it.each([1, 2, 8, 64, 1024, 4096])('is its own inverse, for n = %d', async (n) => {
    const x = normal(3 * n, n);
    const y = await evaluate(() => walshHadamard(walshHadamard(tf.tensor2d(x, [3, n]))));
    expectClose(y, x, rounding(n * n));
  });

  it('is undone, with signs, by the transform and then the signs', async () => {
    const x = normal(256, 1);
    const signs = randomSigns(256, {seed: 5});
    const y = await evaluate(() => tf.mul(walshHadamard(walshHadamard(tf.tensor1d(x), {signs})), tf.tensor1d(signs)));
    expectClose(y, x, rounding(2 ** 16));
  });

  it('keeps the length of every row (Parseval)', async () => {
    const x = normal(5 * 1024, 2);
    const y = await evaluate(() => walshHadamard(tf.tensor2d(x, [5, 1024]), {signs: randomSigns(1024, {seed: 3})}));
    for (let row = 0; row < 5; row++) {
      const [before, after] = [x, y].map((t) => norm(t.subarray(1024 * row, 1024 * (row + 1))));
      expect(Math.abs(after / before - 1)).toBeLessThan(rounding(1024).relative);
    }
  });

  it('is linear', async () => {
    const [a, b] = [normal(256, 3), normal(256, 4)];
    const [ofSum, sum] = await evaluateAll(() => {
      const [ta, tb] = [tf.tensor1d(a), tf.tensor1d(b)];
      return [
        walshHadamard(tf.add(tf.mul(ta, 3), tf.mul(tb, -2))),
        tf.add(tf.mul(walshHadamard(ta), 3), tf.mul(walshHadamard(tb), -2)),
      ];
    });
    expectClose(ofSum, sum, {relative: 2 * rounding(256).relative, absolute: 0});
  });

  it('gives [10, -2, -4, 0] for [1, 2, 3, 4], half of that normalized, and takes plain arrays', async () => {
    const plain = await evaluate(() => walshHadamard([1, 2, 3, 4], {normalize: false}));
    expect([...plain]).toEqual([10, -2, -4, 0]);
    expect([...(await evaluate(() => walshHadamard(Float32Array.of(1, 2, 3, 4))))]).toEqual([5, -1, -2, 0]);
    const signed = await evaluate(() => walshHadamard([[1, 2]], {signs: [1, -1], normalize: false}));
    expect([...signed]).toEqual([-1, 3]);
  });

  const shapes: [number[], number][] = [
    [[1], 0],
    [[2048], -1],
    [[5, 8], -1],
    [[8, 5], 0],
    [[3, 1, 4], 1],
    [[3, 16, 7], 1],
    [[64, 3, 5], -3],
    [[2, 3, 4, 8], 3],
    [[2, 3, 32, 5], 2],
    [[2, 128, 3, 2], -3],
    [[16, 2, 3, 2], 0],
  ];
  it.each(shapes)('transforms x of shape %j along axis %d, with and without signs', async (shape, axis) => {
    const front = axis < 0 ? axis + shape.length : axis;
    const n = shape[front];
    const blocks = [sizeOf(shape.slice(0, front)), n, sizeOf(shape.slice(front + 1))] as const;
    const x = normal(sizeOf(shape), 5);
    const signs = normal(n, 6); // any real diagonal
    const [plain, signed] = await evaluateAll(() => {
      const t = tf.tensor(x, shape);
      return [walshHadamard(t, {axis}), walshHadamard(t, {axis, signs: tf.tensor1d(signs)})];
    });
    const scale = 1 / Math.sqrt(n);
    expectClose(plain, definitions.walshHadamard(x, blocks, {scale}), rounding(n));
    expectClose(signed, definitions.walshHadamard(x, blocks, {scale, before: signs}), rounding(2 * n));
  });

  it(`is as exact as float32 allows for n = ${LONGEST}`, async () => {
    const n = LONGEST;
    const x = normal(n, 7);
    const signs = randomSigns(n, {seed: 8});
    const [y, back] = await evaluateAll(() => {
      const y = walshHadamard(tf.tensor1d(x), {signs});
      return [y, walshHadamard(y)];
    });
    const signed = x.map((value, j) => signs[j] * value);
    expectClose(back, signed, rounding(n * n));
    expect(Math.abs(norm(y) / norm(x) - 1)).toBeLessThan(rounding(n).relative);
    const next = mulberry32(9);
    const places = Array.from({length: 8}, () => Math.floor(n * next()));
    const actual = places.map((i) => y[i]);
    const expected = places.map((i) => coefficient(signed, i));
    expectClose(actual, expected, {relative: 0, absolute: 4 * rounding(n).relative}); // y has no value above about 4
  });

  it.each([
    [[0, 8], -1],
    [[4, 0], 0],
    [[0, 3, 2], 2],
  ] as [number[], number][])('gives no values for x of shape %j', async (shape, axis) => {
    const y = tf.tidy(() => walshHadamard(tf.zeros(shape), {axis, signs: tf.ones([shape.at(axis)!])}));
    expect(y.shape).toEqual(shape);
    expect((await y.data()).length).toBe(0);
    y.dispose();
  });

  it('takes slices and reshaped views for what they show', async () => {
    const x = normal(6 * 8, 10);
    const results = await evaluateAll(() => {
      const t = tf.tensor2d(x, [6, 8]);
      return [walshHadamard(tf.slice(t, [2, 0], [3, 8])), walshHadamard(tf.reshape(t, [3, 16]))];
    });
    const scale = 1 / Math.sqrt(8);
    expectClose(results[0], definitions.walshHadamard(x.subarray(16, 40), [3, 8, 1], {scale}), rounding(8));
    expectClose(results[1], definitions.walshHadamard(x, [3, 16, 1], {scale: 1 / 4}), rounding(16));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('lets %d spread over its own row only', async (bad) => {
    const x = normal(3 * 64, 11);
    x[64] = bad;
    const y = await evaluate(() => walshHadamard(tf.tensor2d(x, [3, 64])));
    expect(Array.from(y, Number.isFinite)).toEqual(Array.from(y, (_, k) => Math.floor(k / 64) !== 1));
  });

  it('keeps an x of one element along the axis, times its sign, and the input alive', async () => {
    const x = tf.tensor2d([3, -0, -5], [3, 1]);
    const y = walshHadamard(x);
    const z = walshHadamard(x, {signs: [-2]});
    expect([...(await y.data())].map((value) => value + 0)).toEqual([3, 0, -5]);
    expect([...(await z.data())].map((value) => value + 0)).toEqual([-6, 0, 10]);
    tf.dispose([y, z]);
    expect((await x.data()).length).toBe(3);
    x.dispose();
  });

  it('has the shape and type of x, and leaves no other tensor behind', () => {
    const x = tf.ones([2, 3, 4]) as tf.Tensor3D;
    const signs = tf.ones([4]);
    const y: tf.Tensor3D = walshHadamard(x, {signs});
    expect(y.shape).toEqual([2, 3, 4]);
    expect(y.dtype).toBe('float32');
    for (const args of [{}, {signs}, {signs: [1, 2, 3, 4]}])
      expect(tensorsLeftBy(() => walshHadamard(x, args))).toBe(0);
    expect(tensorsLeftBy(() => walshHadamard([1, 2, 3, 4]))).toBe(0);
    tf.dispose([x, signs, y]);
  });
});

function identityColumn(n: number, place: number): Float32Array {
  const column = new Float32Array(n);
  column[place] = 1;
  return column;
}

/** Value i of the transform of x, in doubles. */
function coefficient(x: Float32Array, i: number): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) {
    let bits = i & j;
    bits ^= bits >>> 16;
    bits ^= bits >>> 8;
    bits ^= bits >>> 4;
    sum += (0x6996 >>> (bits & 15)) & 1 ? -x[j] : x[j]; // 0x6996: the parities of 0 .. 15
  }
  return sum / Math.sqrt(x.length);
}

function norm(x: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * x[k];
  return Math.sqrt(sum);
}
