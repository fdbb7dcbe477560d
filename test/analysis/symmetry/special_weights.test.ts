/** @slow */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {expectClose} from '../../support/close';
import {normal, uniform} from '../../support/random';
import {outputs} from './models';

const {permuteUnits, equivalent, align} = pw.analysis;
const {dense, conv2d, flatten, prelu, batchNormalization} = tf.layers;

type Activation = 'relu' | 'tanh' | 'sigmoid';
const sizes = (inputs: number, hidden: number[], outputUnits: number, between: (units: number) => tf.layers.Layer[]) =>
  tf.sequential({
    layers: [
      ...hidden.flatMap((units, i) => [dense({units, ...(i === 0 && {inputShape: [inputs]})}), ...between(units)]),
      dense({units: outputUnits}),
    ],
  });
const activated = (activation: Activation) => () => [tf.layers.activation({activation})];

const NETS: Record<string, () => tf.LayersModel> = {
  relu: () => sizes(6, [24, 16], 3, activated('relu')),
  tanh: () => sizes(6, [12, 10], 3, activated('tanh')),
  sigmoid: () => sizes(6, [12, 10], 3, activated('sigmoid')),
  prelu: () => sizes(5, [10, 8], 2, () => [prelu()]),
  'prelu with slopes below 0': () => sizes(5, [8], 2, () => [prelu()]),
  reluPair: () => sizes(5, [10, 8], 2, () => [pw.layers.reluPair()]),
  'reluPair with a bias': () => sizes(5, [8], 2, () => [pw.layers.reluPair({useBias: true})]),
  normalization: () => sizes(5, [10, 8], 2, () => [batchNormalization(), tf.layers.reLU()]),
  'normalization after sigmoid': () =>
    sizes(5, [8], 2, () => [tf.layers.activation({activation: 'sigmoid'}), batchNormalization()]),
  convolutions: () =>
    tf.sequential({
      layers: [
        conv2d({filters: 6, kernelSize: 2, activation: 'relu', inputShape: [5, 5, 2]}),
        conv2d({filters: 5, kernelSize: 2, activation: 'tanh'}),
        tf.layers.maxPooling2d({poolSize: 2}),
        flatten(),
        dense({units: 2}),
      ],
    }),
  'no biases': () =>
    tf.sequential({
      layers: [
        dense({units: 12, activation: 'relu', useBias: false, inputShape: [4]}),
        dense({units: 10, activation: 'tanh', useBias: false}),
        dense({units: 2, useBias: false}),
      ],
    }),
};

type Fill = (size: number, seed: number) => Float64Array | Float32Array | number[];
const pick = (size: number, seed: number, values: number[]) =>
  Array.from(uniform(size, seed, 0, 1), (u) => values[Math.min(values.length - 1, Math.floor(u * values.length))]);

/** Kinds of weights that are not in general position. */
const FILLS: Record<string, Fill> = {
  'pruned by 80 %': (size, seed) => {
    const keep = uniform(size, seed + 7, 0, 1);
    return Array.from(normal(size, seed), (value, k) => (keep[k] < 0.2 ? value : 0));
  },
  'of 1 and -1': (size, seed) => pick(size, seed, [1, -1]),
  'of 0 and 1': (size, seed) => pick(size, seed, [0, 1]),
  'of -1, 0 and 1': (size, seed) => pick(size, seed, [-1, 0, 0, 1]),
  'over 12 decades': (size, seed) => {
    const powers = uniform(size, seed + 3, -6, 6);
    return Array.from(normal(size, seed), (value, k) => value * 10 ** powers[k]);
  },
  'nearly all 0': (size, seed) => {
    const keep = uniform(size, seed + 7, 0, 1);
    return Array.from(keep, (u) => (u < 0.05 ? 1 : 0));
  },
};

function fill(model: tf.LayersModel, values: Fill, seed: number): void {
  const tensors = model.weights.map(({shape, originalName}, i) => {
    const size = tf.util.sizeFromShape(shape as number[]);
    const own = Array.from(values(size, 1000 * seed + 10 * i));
    const isVariance = originalName.endsWith('variance');
    return tf.tensor(isVariance ? own.map((value) => Math.abs(value) + 0.5) : own, shape as number[]);
  });
  model.setWeights(tensors);
  tf.dispose(tensors);
}

/** Another value for one weight that is not 0 and, in a model of many layers, not without effect. */
function withOneOther(model: tf.LayersModel, seed: number): void {
  const weights = model.getWeights().map((weight) => weight.dataSync().slice());
  const live = weights.flatMap((data, i) => [...data.keys()].filter((k) => data[k] !== 0).map((k) => [i, k]));
  const [i, k] = live[(seed * 7919) % live.length];
  weights[i][k] *= 1.01;
  const tensors = weights.map((data, j) => tf.tensor(data, model.getWeights()[j].shape));
  model.setWeights(tensors);
  tf.dispose(tensors);
}

const SEEDS = [1, 2, 3];

/** Nets with slopes or gains that may be 0: `align` may leave weights apart that no output depends on. */
const OPEN = new Set(['reluPair', 'reluPair with a bias', 'normalization', 'normalization after sigmoid']);

describe.each(Object.entries(NETS))('%s', (name, make) => {
  it.each(Object.entries(FILLS))('with weights %s is equivalent to its own copies', (fillName, values) => {
    for (const seed of SEEDS) {
      const model = make();
      fill(model, values, seed);
      const copy = permuteUnits(model, {seed: seed + 10});
      expect(equivalent(model, copy)).toMatchObject({equivalent: true, reason: 'the weights agree'});
      const {model: aligned, distanceBefore, distanceAfter} = align(model, copy);
      const size = Math.hypot(...model.getWeights().flatMap((weight) => [...weight.dataSync()]));
      if (!OPEN.has(name) && fillName !== 'nearly all 0') expect(distanceAfter).toBeLessThan(1e-4 * size);
      expect(equivalent(model, aligned).equivalent).toBe(true);
      expect(distanceAfter).toBeLessThanOrEqual(distanceBefore);
      for (const each of [model, copy, aligned]) each.dispose();
    }
  });

  it.each(Object.entries(FILLS))('with weights %s is no other function', (__, values) => {
    for (const seed of SEEDS) {
      const model = make();
      fill(model, values, seed);
      const copy = permuteUnits(model, {seed: seed + 10});
      withOneOther(copy, seed);
      if (equivalent(model, copy).equivalent) expectClose(outputs(copy), outputs(model));
      for (const each of [model, copy]) each.dispose();
    }
  });
});

describe('normalization of flattened channels, with numbers of its own for each position', () => {
  const {conv1d, flatten, batchNormalization, dense} = tf.layers;
  const make = (kernel: number, gamma: number[], readOut: number[]) => {
    const first = conv1d({filters: 1, kernelSize: 1, inputShape: [2, 1]});
    const model = tf.sequential({layers: [first, flatten(), batchNormalization(), dense({units: 1})]});
    const values = [[kernel], [1], gamma, [0, 0], readOut, [0], [0, 0], [1, 1]];
    const weights = model.weights.map(({shape}, i) => tf.tensor(values[i], shape as number[]));
    model.setWeights(weights);
    tf.dispose(weights);
    return model;
  };

  it.each([
    ['a constant comes in', () => [make(0, [1, 2], [1, 2]), make(0, [1, 2], [2, 1])]],
    ['one of its factors is 0', () => [make(1, [0, 1], [1, 2]), make(1, [0, 1], [1, 3])]],
  ])('is no constant of its first position where %s', (_, models) => {
    const [a, b] = models();
    expect(pw.analysis.equivalent(a, b).equivalent).not.toBe(true);
    expect(pw.analysis.equivalent(a, a).equivalent).toBe(true);
  });
});

it('takes units that a layer normalization holds constant for what they are', () => {
  const first = tf.layers.dense({units: 2, useBias: false, inputShape: [3]});
  const model = tf.sequential({layers: [first, tf.layers.layerNormalization(), tf.layers.dense({units: 1})]});
  const values = [[0, 0, 0, -1.142, 0, 0], [0, 0], [0, 0.309], [-0.323, 0], [0.601]];
  const weights = model.weights.map(({shape}, i) => tf.tensor(values[i], shape as number[]));
  model.setWeights(weights);
  tf.dispose(weights);
  for (const seed of [1, 2, 3]) {
    expect(pw.analysis.equivalent(model, pw.analysis.permuteUnits(model, {seed})).equivalent).toBe(true);
  }
});
