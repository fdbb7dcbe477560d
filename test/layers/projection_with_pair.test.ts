import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {collectTensors, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';

useBackend();
beforeEach(collectTensors);

const {whtProjection, reluPair} = layers;

type Case = [title: string, shape: number[], projection: layers.WHTProjectionArgs, pair: layers.ReLUPairArgs];

const FUSED: Case[] = [
  ['two slopes each', [8], {units: 8, seed: 1}, {seed: 2}],
  ['more units than inputs, two rounds', [5], {units: 16, rounds: 2, seed: 1}, {seed: 2}],
  ['a quarter of them trainable', [8], {units: 16, seed: 1}, {parametricFraction: 0.25, seed: 3}],
  ['none trainable', [8], {units: 8, seed: 1}, {parametricFraction: 0, fixedGain: 1.5}],
  ['trainable signs', [8], {units: 8, seed: 1, trainableSigns: true}, {seed: 2}],
  ['along axis 1', [8, 3], {units: 8, axis: 1, seed: 1}, {sharedAxes: 2, seed: 2}],
  ['one pair for all', [4, 8], {units: 8, seed: 1}, {sharedAxes: [1, 2]}],
];
const APART: Case[] = [
  ['a bias', [8], {units: 8, seed: 1, useBias: true}, {seed: 2}],
  ['a bias of the pair', [8], {units: 8, seed: 1}, {seed: 2, useBias: true}],
  ['a selection', [8], {units: 6, seed: 1}, {seed: 2}],
  ['slopes along two axes', [4, 8], {units: 8, seed: 1}, {seed: 2}],
];

/** The kernels that ran, by name. */
async function kernelsOf(run: () => tf.Tensor): Promise<string[]> {
  const {kernels} = await tf.engine().profile(() => tf.tidy(run));
  return kernels.map(({name}) => name);
}

describe.each([...FUSED, ...APART])('%s:', (title, shape, projection, pair) => {
  const isFused = FUSED.some(([fused]) => fused === title);
  const start = {initializer: {className: 'RandomNormal', config: {seed: 5}}} as unknown as layers.ReLUPairArgs;
  const x = () => tf.tensor(normal(3 * tf.util.sizeFromShape(shape), 1), [3, ...shape]);
  /** One layer with the activation, and the two that it stands for. */
  let models: tf.Sequential[];
  beforeEach(() => {
    const activation = reluPair({...pair, ...start});
    models = [
      tf.sequential({layers: [whtProjection({...projection, activation, inputShape: shape})]}),
      tf.sequential({layers: [whtProjection({...projection, inputShape: shape}), reluPair({...pair, ...start})]}),
    ];
  });
  afterEach(() => {
    for (const model of models) model.dispose();
  });

  it('an activation gives what the layer after it gives, and trains as it does', async () => {
    const results: Float32Array[] = [];
    for (const model of models) {
      model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
      const y = tf.zeros([3, ...(model.outputShape as number[]).slice(1)]);
      if (model.countParams() > 0) await model.fit(x(), y, {epochs: 3, shuffle: false, verbose: 0});
      results.push(await values(model.predict(x()) as tf.Tensor));
    }
    expectClose(results[0], results[1], {relative: 1e-5});
    expect(models[0].countParams()).toBe(models[1].countParams());
  });

  it(isFused ? 'one kernel does both' : 'which comes between, so each has its kernel', async () => {
    const kernels = await kernelsOf(() => models[0].predict(x()) as tf.Tensor);
    expect(kernels.includes('WHTReLUPair')).toBe(isFused);
  });
});

it('does not train when it is frozen', async () => {
  const layer = whtProjection({units: 8, seed: 1, activation: 'reluPair', inputShape: [8]});
  const model = tf.sequential({layers: [layer, tf.layers.dense({units: 1})]});
  layer.trainable = false;
  model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
  const before = await Promise.all(layer.getWeights().map(values));
  await model.fit(tf.ones([4, 8]), tf.zeros([4, 1]), {verbose: 0});
  expect(await Promise.all(layer.getWeights().map(values))).toEqual(before);
  expect(layer.trainableWeights.length).toBe(0);
  model.dispose();
});

describe('refuses', () => {
  it('an activation that is used elsewhere', () => {
    const pair = reluPair({name: 'mine'});
    pair.apply(tf.ones([1, 4]));
    expect(() => whtProjection({units: 4, activation: pair})).toThrow(/must be a layer of its own, but received mine/);
    pair.dispose();
  });

  it('two biases for one sum', () => {
    const activation = reluPair({useBias: true});
    expect(() => whtProjection({units: 4, useBias: true, activation})).toThrow(/useBias may be set once/);
  });
});
