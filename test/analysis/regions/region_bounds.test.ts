import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';
import {normal} from '../../support/random';
import {randomModel} from '../support/random_model';

const {countLinearRegions, linearRegions2d, regionBounds} = analysis;

const relu = (...widths: number[]) =>
  tf.sequential({
    layers: widths.slice(1).map((units, i) => {
      const last = i === widths.length - 2;
      return tf.layers.dense({units, activation: last ? 'linear' : 'relu', inputShape: [widths[i]]});
    }),
  });

const choose = (n: number, j: number): number => (j === 0 ? 1 : (choose(n, j - 1) * (n - j + 1)) / j);

/** Theorem 1 of Serra, Tjandraatmadja and Ramalingam, all j one after the other. */
function serra([inputs, ...widths]: number[], dimension = inputs): number {
  const from = (l: number, limit: number): number => {
    if (l === widths.length) return 1;
    let total = 0;
    for (let j = 0; j <= Math.min(limit, widths[l]); j++) {
      total += choose(widths[l], j) * from(l + 1, Math.min(limit, widths[l] - j));
    }
    return total;
  };
  return from(0, Math.min(dimension, inputs));
}

describe('regionBounds', () => {
  it.each([[[1, 3, 4, 2]], [[2, 5, 1]], [[2, 4, 4, 4, 1]], [[3, 2, 6, 1]], [[4, 8, 1, 8, 2]]])(
    'of the widths %p are those of the formulas',
    async (widths) => {
      const model = relu(...widths);
      const {serra: sharp, montufar, dimension, expectedCells} = await regionBounds(model);
      const hidden = widths.slice(0, -1);
      expect(dimension).toBe(widths[0]);
      expect(Number(sharp.count)).toBe(serra(hidden));
      const products = hidden.slice(1).map((n, i) => {
        const d = Math.min(...hidden.slice(0, i + 2));
        return Array.from({length: d + 1}, (_, j) => choose(n, j)).reduce((sum, c) => sum + c, 0);
      });
      expect(Number(montufar.count)).toBe(products.reduce((product, factor) => product * factor, 1));
      expect(sharp.log10).toBeCloseTo(Math.log10(Number(sharp.count)), 12);
      expect(expectedCells).toBeNull();
      model.dispose();
    },
  );

  it('is the product of n_l + 1 along a segment', async () => {
    const model = relu(7, 5, 6, 4, 1);
    const {serra: sharp, dimension} = await regionBounds(model, {dimension: 1});
    expect([dimension, sharp.count]).toEqual([1, 6 * 7 * 5]);
    model.dispose();
  });

  it('has the digits of large networks', async () => {
    const model = relu(784, 512, 512, 10);
    const {serra: sharp, montufar} = await regionBounds(model);
    expect(montufar.count).toBe(String(2n ** 1024n));
    expect(montufar.log10).toBeCloseTo(1024 * Math.log10(2), 9);
    expect(BigInt(sharp.count)).toBeLessThan(BigInt(montufar.count));
    expect(BigInt(sharp.count)).toBeGreaterThan(2n ** 512n);
    model.dispose();
  });

  it('counts the pieces of waves, and pairs of places in windows', async () => {
    const wave = tf.sequential({layers: [layers.triangleWave({depth: 4, inputShape: [2]})]});
    expect((await regionBounds(wave, {dimension: 1})).serra.count).toBe(1 + 2 * 17);
    expect((await regionBounds(wave)).serra.count).toBe(18 * 18);
    const pool = tf.sequential({layers: [tf.layers.maxPooling2d({poolSize: 2, inputShape: [2, 2, 1]})]});
    expect((await regionBounds(pool, {dimension: 1})).serra.count).toBe(7);
    for (const model of [wave, pool]) model.dispose();
  });

  it('has room for branches around a bottleneck', async () => {
    const input = tf.input({shape: [2]});
    const narrow = tf.layers.dense({units: 1, activation: 'relu'}).apply(input) as tf.SymbolicTensor;
    const joined = tf.layers.concatenate().apply([input, narrow]);
    const outputs = tf.layers.dense({units: 5, activation: 'relu'}).apply(joined) as tf.SymbolicTensor;
    const model = tf.model({inputs: input, outputs});
    expect((await regionBounds(model)).serra.count).toBe(2 * 16);
    model.dispose();
  });

  it('counts breakpoints that other weights could make, or those alone that there are', async () => {
    const pair = layers.reluPair();
    const start = tf.sequential({layers: [tf.layers.dense({units: 6, inputShape: [2]}), pair]});
    const count = async (breakpoints?: 'possible' | 'live') =>
      (await regionBounds(start, {dimension: 1, breakpoints})).serra.count;
    expect([await count(), await count('possible'), await count('live')]).toEqual([7, 7, 1]); // all slopes are 1
    tf.tidy(() => pair.setWeights([tf.tensor1d([0, 1, 1, 1, 1, 1]), tf.ones([6])]));
    expect([await count(), await count('live')]).toEqual([7, 2]);
    start.dispose();
  });

  it('takes no dimensions away for slopes that are 0 by chance', async () => {
    const model = tf.sequential({
      layers: [2, 3, 2].flatMap((units, i) => [
        tf.layers.dense({units, ...(i === 0 && {inputShape: [2]})}),
        tf.layers.prelu({alphaInitializer: 'zeros'}),
      ]),
    });
    const {serra: any, montufar} = await regionBounds(model);
    expect(any.count).toBe(montufar.count);
    const live = await regionBounds(model, {breakpoints: 'live'});
    expect(live.serra.count).toBe(serra([2, 2, 3, 2]));
    expect(Number(live.serra.count)).toBeLessThan(Number(any.count));
    model.dispose();
  });

  it.each([1, 2])('is never below the count of 200 random networks of %i inputs', async (inputs) => {
    let reached = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const model = randomModel(7000 + seed, inputs);
      const ends = inputs === 1 ? {from: [-9], to: [9]} : {from: [-9, -8], to: [9, 7]};
      const cells = [(await countLinearRegions(model, ends)).activationCells];
      if (inputs === 2) cells.push((await linearRegions2d(model, {x: [-9, 9], y: [-9, 9]})).activationCells);
      for (const [i, found] of cells.entries()) {
        for (const breakpoints of ['possible', 'live'] as const) {
          const {serra: sharp, montufar} = await regionBounds(model, {dimension: i + 1, breakpoints});
          expect(Number(sharp.count)).toBeGreaterThanOrEqual(found);
          expect(Number(montufar.count)).toBeGreaterThanOrEqual(Number(sharp.count));
          if (sharp.count === found) reached++;
        }
      }
      model.dispose();
    }
    expect(reached).toBeGreaterThan(0); // so it is no bound that nothing comes near
  });
});

describe('expectedCells', () => {
  /** A network with Gaussian weights, and leaky ReLUs. */
  const random = (seed: number, inputs: number, widths: number[], stddev: number) =>
    tf.sequential({
      layers: widths.flatMap((units, i) => [
        tf.layers.dense({
          units,
          kernelInitializer: tf.initializers.heNormal({seed: 10 * seed + i}),
          useBias: stddev > 0,
          biasInitializer: tf.initializers.randomNormal({stddev, seed: 10 * seed + i + 5}),
          ...(i === 0 ? {inputShape: [inputs]} : {}),
        }),
        tf.layers.leakyReLU({alpha: 0.2}),
      ]),
    });

  it.each([
    ['with biases', 0.5],
    ['without', 0],
  ])('is what random networks of several layers have on average: %s', async (_, stddev) => {
    const [from, to] = [normal(10, 1), normal(10, 2)];
    let [measured, expected] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const model = random(seed, 10, [100, 100, 100], stddev);
      measured += (await countLinearRegions(model, {from, to})).activationCells;
      const bounds = await regionBounds(model, {from, to});
      expected += bounds.expectedCells!;
      expect(bounds.dimension).toBe(1);
      model.dispose();
    }
    // 20 networks of 300 units: the mean has a deviation of about 1.5 %, with dependent layers some more.
    expect(Math.abs(measured / expected - 1)).toBeLessThan(0.06);
  });

  it('does not depend on depth for a given number of units, if there are no biases', async () => {
    const [from, to] = [normal(10, 1), normal(10, 2)];
    const expected = async (widths: number[]) => {
      const model = random(1, 10, widths, 0);
      const {expectedCells} = await regionBounds(model, {from, to});
      model.dispose();
      return expectedCells!;
    };
    expect(await expected([60])).toBeCloseTo(await expected([20, 20, 20]), 9);
  });

  it('is null for what the formula does not cover, and the notes say why', async () => {
    const wave = tf.sequential({layers: [layers.triangleWave({inputShape: [2]})]});
    const conv = tf.sequential({
      layers: [tf.layers.conv2d({filters: 1, kernelSize: 1, activation: 'relu', inputShape: [1, 2, 1]})],
    });
    const projection = tf.sequential({
      layers: [layers.whtProjection({units: 4, activation: 'reluPair', inputShape: [2]})],
    });
    const maxout = tf.sequential({
      layers: [tf.layers.reshape({targetShape: [2, 1], inputShape: [2]}), tf.layers.maxPooling1d({poolSize: 2})],
    });
    const input = tf.input({shape: [2]});
    const branch = tf.layers.dense({units: 2, activation: 'relu'}).apply(input) as tf.SymbolicTensor;
    const residual = tf.model({inputs: input, outputs: tf.layers.add().apply([input, branch]) as tf.SymbolicTensor});
    for (const [model, reason] of [
      [wave, /layer triangle_wave\S* bends elsewhere than at 0/],
      [conv, /the weights of layer conv2d\S* are not those of a dense layer/],
      [projection, /the weights of layer wht_projection\S* are not/],
      [maxout, /layer max_pooling1d\S* takes largest values/],
      [residual, /the model has branches/],
    ] as const) {
      const {expectedCells, notes} = await regionBounds(model, {from: [0, 1], to: [1, 1]});
      expect(expectedCells).toBeNull();
      expect(notes).toEqual([expect.stringMatching(reason)]);
      model.dispose();
    }
    const plain = random(1, 2, [3], 0.5);
    expect((await regionBounds(plain)).notes).toEqual(['No expectation for random weights: it needs from and to.']);
    expect((await regionBounds(plain, {from: [0, 1], to: [1, 1]})).notes).toEqual([]);
    plain.dispose();
  });
});
