import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {expectClose} from '../../support/close';
import {MODELS, outputs, randomize} from './models';

const {permuteUnits, canonicalize, equivalent, align, countEquivalentMinima} = pw.analysis;

describe.each(Object.entries(MODELS))('%s', (_, build) => {
  it('computes the same with its units permuted, and is found to be equivalent', () => {
    const model = randomize(build());
    const expected = outputs(model);
    const before = model.getWeights().map((weight) => weight.dataSync().slice());
    let moved = 0;
    for (const seed of [1, 2, 3]) {
      const copy = permuteUnits(model, {seed});
      expectClose(outputs(copy), expected);
      moved += copy
        .getWeights()
        .filter((weight, i) => weight.dataSync().some((value, k) => value !== before[i][k])).length;
      const {equivalent: same, difference} = equivalent(model, copy);
      expect(same).toBe(true);
      expect(difference).toBeLessThan(1e-5);
      const {model: aligned, distanceBefore, distanceAfter} = align(model, copy);
      expect(distanceAfter).toBeLessThan(1e-4);
      expect(distanceAfter).toBeLessThanOrEqual(distanceBefore);
      expectClose(outputs(aligned), expected);
    }
    expect(moved > 0).toBe(countEquivalentMinima(model).withSigns.count !== 1);
    expect(model.getWeights().map((weight) => weight.dataSync())).toEqual(before);
  });

  it('has one canonical form', () => {
    const model = randomize(build());
    const canonical = canonicalize(model);
    expectClose(outputs(canonical), outputs(model));
    const other = canonicalize(permuteUnits(model, {seed: 5}));
    canonical.getWeights().forEach((weight, i) => {
      expectClose(other.getWeights()[i].dataSync(), weight.dataSync(), {absolute: 1e-5});
    });
  });

  it('is told from a model with one other weight', () => {
    const model = randomize(build());
    const other = permuteUnits(model, {seed: 1});
    const [first, ...rest] = other.getWeights();
    const values = first.dataSync();
    values[values.length >> 1] *= 1.1;
    other.setWeights([tf.tensor(values, first.shape), ...rest]);
    expect(equivalent(model, other).equivalent).toBe(false);
  });
});

it('makes models that share nothing with the given one', () => {
  const model = randomize(MODELS.relu());
  const copy = permuteUnits(model, {seed: 1});
  const expected = outputs(model);
  const {numTensors} = tf.memory();
  copy.dispose();
  expect(tf.memory().numTensors).toBeLessThan(numTensors);
  expect(outputs(model)).toEqual(expected);
});

it('moves units only, if signs and scales are to stay', () => {
  const model = randomize(MODELS['ReLU pairs']());
  const sorted = (m: tf.LayersModel) => m.getWeights().map((weight) => weight.dataSync().slice().sort());
  expect(sorted(permuteUnits(model, {seed: 1, signs: false, scales: false}))).toEqual(sorted(model));
});

it('aligns a model with noise nearly to its origin', () => {
  const model = randomize(MODELS.tanh());
  const noisy = permuteUnits(model, {seed: 4});
  const noise = noisy
    .getWeights()
    .map((weight, i) => weight.add(tf.randomNormal(weight.shape, 0, 0.02, 'float32', i + 1)));
  noisy.setWeights(noise);
  const {distanceBefore, distanceAfter} = align(model, noisy);
  expect(distanceBefore).toBeGreaterThan(5);
  expect(distanceAfter).toBeLessThan(0.02 * 1.3 * Math.sqrt(model.countParams()));
});

it('matches units that tie in the canonical order', () => {
  const model = randomize(MODELS.tanh());
  // All units of the first layer begin with the same weight, so that rounding decides about their order.
  const [kernel, ...rest] = model.getWeights();
  const values = kernel.dataSync().map((value, k) => (k < 6 ? 3 * (1 + 1e-7 * k) : value / 10));
  model.setWeights([tf.tensor(values, kernel.shape as [number, number]), ...rest]);
  const copy = permuteUnits(model, {seed: 2});
  const noise = copy
    .getWeights()
    .map((weight, i) => weight.mul(tf.randomNormal(weight.shape, 1, 1e-6, 'float32', i + 1)));
  copy.setWeights(noise);
  expect(equivalent(model, copy)).toMatchObject({equivalent: true, reason: 'the weights agree'});
});

it('matches units that differ only in what lies after them', () => {
  const constant = (value: number) => tf.initializers.constant({value});
  const first = tf.layers.dense({
    units: 3,
    activation: 'relu',
    kernelInitializer: constant(1),
    biasInitializer: constant(-1),
    inputShape: [2],
  });
  const model = tf.sequential({layers: [first, tf.layers.dense({units: 1})]});
  for (const seed of [1, 2, 3, 4]) {
    const copy = permuteUnits(model, {seed});
    expect(equivalent(model, copy).equivalent).toBe(true);
    expect(align(model, copy).distanceAfter).toBeLessThan(1e-5);
  }
});

it('never takes a model farther away', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const model = randomize(MODELS.relu(), seed);
    const other = randomize(MODELS.relu(), seed + 50);
    const {model: aligned, distanceBefore, distanceAfter} = align(model, other);
    expect(distanceAfter).toBeLessThanOrEqual(distanceBefore);
    expectClose(outputs(aligned), outputs(other));
  }
});

it('does not take models of other architectures for equivalent', () => {
  const [a, b] = [randomize(MODELS.relu()), randomize(MODELS.tanh())];
  expect(equivalent(a, b)).toMatchObject({equivalent: false, difference: null});
  expect(equivalent(a, b).reason).toContain('"activation":"relu"');
  expect(() => align(a, b)).toThrow('align: the models must have one architecture');
});

function usedTwice(): tf.LayersModel {
  const both = tf.layers.dense({units: 2, activation: 'relu', inputShape: [2], name: 'both'});
  return tf.sequential({layers: [both, both]});
}

const gru = () => tf.sequential({layers: [tf.layers.gru({units: 2, inputShape: [3, 1], name: 'memory'})]});
const withNaN = () => {
  const model = MODELS.relu();
  model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, NaN)));
  return model;
};

it.each([
  ['a layer of another kind', gru, 'received layer memory of class GRU'],
  ['a model without layers', () => tf.sequential(), 'the model must have weights'],
  ['weights that are not finite', withNaN, 'kernel must be finite, but received NaN'],
  ['a layer that is used twice', usedTwice, 'every layer must be used once, but received layer both twice'],
  ['no model', () => null as unknown as tf.Sequential, 'model must be a tf.Sequential or tf.LayersModel'],
])('refuses %s', (_, build, message) => {
  for (const use of [countEquivalentMinima, canonicalize, (m: tf.LayersModel) => permuteUnits(m, {seed: 1})]) {
    expect(() => use(build())).toThrow(message);
  }
});

it('refuses a seed that is no integer, and a tolerance that is no share', () => {
  const model = MODELS.relu();
  expect(() => permuteUnits(model, {seed: 0.5})).toThrow('permuteUnits: seed must be an integer, but received 0.5');
  expect(() => equivalent(model, model, {tolerance: 2})).toThrow('equivalent: tolerance must be a number from 0 to 1');
  expect(() => align(model, model, {iterations: 0})).toThrow('align: iterations must be an integer >= 1');
});
