import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {normal, uniform} from '../../support/random';

const {permuteUnits, equivalent, align} = pw.analysis;
const {dense} = tf.layers;

type Activation = 'relu' | 'tanh' | 'sigmoid';

/** A chain of dense layers: kernel, bias, kernel, bias, ... */
function net(activation: Activation, ...weights: number[][][]): tf.Sequential {
  const kernels = weights.filter((_, i) => i % 2 === 0);
  const layers = kernels.map((kernel, i) =>
    dense({
      units: kernel[0].length,
      ...(i < kernels.length - 1 && {activation}),
      ...(i === 0 && {inputShape: [kernel.length]}),
    }),
  );
  const model = tf.sequential({layers});
  model.setWeights(weights.map((values, i) => (i % 2 === 0 ? tf.tensor2d(values) : tf.tensor1d(values[0]))));
  return model;
}

const known = (a: tf.LayersModel, b: tf.LayersModel, tolerance?: number) => equivalent(a, b, {tolerance}).equivalent;

it('finds the copies of a net with a unit that nothing enters', () => {
  const model = net('relu', [[1, 0]], [[0, 0]], [[1], [1]], [[0]]);
  for (let seed = 1; seed <= 10; seed++) {
    const copy = permuteUnits(model, {seed});
    expect(known(model, copy)).toBe(true);
    expect(align(model, copy).distanceAfter).toBeLessThan(1e-6);
  }
});

it('finds the copies of nets of 24 and 16 units that were pruned by 80 %', () => {
  const shapes = [
    [6, 24],
    [1, 24],
    [24, 16],
    [1, 16],
    [16, 3],
    [1, 3],
  ];
  for (const activation of ['relu', 'tanh', 'sigmoid'] as const) {
    for (let seed = 1; seed <= 4; seed++) {
      const weights = shapes.map(([rows, columns], i) => {
        const keep = uniform(rows * columns, 10 * seed + i, 0, 1);
        const values = Array.from(normal(rows * columns, 20 * seed + i), (value, k) => (keep[k] < 0.2 ? value : 0));
        return Array.from({length: rows}, (_, row) => values.slice(row * columns, (row + 1) * columns));
      });
      const model = net(activation, ...weights);
      const copy = permuteUnits(model, {seed});
      expect(known(model, copy)).toBe(true);
      expect(align(model, copy).distanceAfter).toBeLessThan(1e-4);
    }
  }
});

it('finds the copies of nets of 1 and -1', () => {
  const signs = (rows: number, columns: number, seed: number) =>
    Array.from({length: rows}, (_, i) => Array.from(uniform(columns, 31 * seed + i, -1, 1), Math.sign));
  for (let seed = 1; seed <= 12; seed++) {
    const [a, b, c, d, e, f] = [
      signs(2, 2, seed),
      signs(1, 2, seed + 20),
      signs(2, 2, seed + 40),
      signs(1, 2, seed + 60),
      signs(2, 1, seed + 80),
      signs(1, 1, seed + 90),
    ];
    const model = net('tanh', a, b, c, d, e, f);
    for (const copySeed of [1, 2, 3]) expect(known(model, permuteUnits(model, {seed: copySeed}))).toBe(true);
  }
});

it('compares each weight for itself, not with the largest one of its tensor', () => {
  const model = (second: number) => net('relu', [[1e4], [second]], [[0]], [[1]], [[0]]);
  expect(known(model(1), model(0.2))).toBe(false);
  expect(known(model(1), model(1.00001))).toBe(true);
  expect(known(model(1), model(1.001))).toBe(false);
  expect(known(model(0), model(1e-3))).toBe(false);
});

it('does not compare what no output depends on', () => {
  const unread = (into: number) => net('tanh', [[1, into]], [[0.5, -into]], [[2], [0]], [[1]]);
  expect(known(unread(3), unread(0.1))).toBe(true);
  const silent = (out: number) => net('relu', [[1, 0]], [[0.5, -2]], [[2], [out]], [[1]]);
  expect(known(silent(3), silent(0.1))).toBe(true);
  // A constant of 1 that goes out with weight 3, and the same in the bias.
  const constant = (out: number, bias: number) => net('relu', [[1, 0]], [[0.5, 1]], [[2], [out]], [[bias]]);
  expect(known(constant(3, 0), constant(0, 3))).toBe(true);
  expect(known(constant(3, 0), constant(0, 2.9))).toBe(false);
});

it('tells twins apart by what comes after them', () => {
  const twins = (out: number[][]) => net('relu', [[1, 1, 1, 2]], [[-1, -1, -1, 0]], out, [[0, 0]]);
  const one = twins([
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ]);
  expect(
    known(
      one,
      twins([
        [5, 6],
        [1, 2],
        [3, 4],
        [7, 8],
      ]),
    ),
  ).toBe(true);
  expect(
    known(
      one,
      twins([
        [5, 4],
        [1, 2],
        [3, 6],
        [7, 8],
      ]),
    ),
  ).toBe(false);
});

it('tells circles of units apart as far as it can try all ways, and else says that it does not know', () => {
  // Each unit of one layer is read by two of the next: colors tell nothing.
  const circles = (lengths: number[]) => {
    const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
    const next = starts.flatMap((start, i) =>
      Array.from({length: lengths[i]}, (_, k) => start + ((k + 1) % lengths[i])),
    );
    return next.map((after, i) => next.map((_, j) => Number(j === i || j === after)));
  };
  const constant = (length: number) => [Array.from({length}, () => 1)];
  const model = (lengths: number[]) => {
    const units = lengths.reduce((sum, length) => sum + length, 0);
    const readout = Array.from({length: units}, () => [1]);
    return net('relu', constant(units), constant(units), circles(lengths), constant(units), readout, [[0]]);
  };
  for (const lengths of [[12], [6, 6], [6, 6, 6, 6]]) {
    expect(known(model(lengths), permuteUnits(model(lengths), {seed: 1}))).toBe(true);
  }
  expect(known(model([12]), model([6, 6]))).toBe(false);
  expect(equivalent(model([6, 6, 6, 6]), model([12, 6, 6]))).toMatchObject({
    equivalent: null,
    reason: 'not known: too many units are alike to try all ways to match them',
  });
});

it('matches 200 units in two layers in seconds', () => {
  const random = (rows: number, columns: number, seed: number) =>
    Array.from({length: rows}, (_, i) => [...normal(columns, 1000 * seed + i)]);
  const model = net(
    'relu',
    random(20, 100, 1),
    random(1, 100, 2),
    random(100, 100, 3),
    random(1, 100, 4),
    random(100, 5, 5),
    random(1, 5, 6),
  );
  const copy = permuteUnits(model, {seed: 1});
  const start = performance.now();
  expect(known(model, copy)).toBe(true);
  expect(performance.now() - start).toBeLessThan(20000);
});
