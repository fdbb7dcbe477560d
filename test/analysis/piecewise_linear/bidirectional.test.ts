import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {copyOf} from '../../layers/models';
import {useBackend} from '../../support/backend';
import {shuffled} from '../support/models';

useBackend();

const both = (mergeMode: 'concat' | 'sum' | 'ave', returnSequences: boolean, more = {}) => {
  const layer = tf.layers.simpleRNN({units: 2, activation: 'relu', returnSequences}) as tf.RNN;
  return tf.layers.bidirectional({layer, mergeMode, ...more} as never);
};
const first = {name: 'both', inputShape: [3, 1]};
const model = () => shuffled(tf.sequential({layers: [both('concat', true, first), both('sum', false)]}), 4, 2);
const segment = {from: [-2, 1, 2], to: [2, 1.5, -1]};

it('has the regions that one layer each way has', async () => {
  const input = tf.input({shape: [3, 1]});
  const ways = [false, true].map((goBackwards) => tf.layers.simpleRNN({units: 2, activation: 'relu', goBackwards}));
  const merged = tf.layers.concatenate().apply(ways.map((way) => way.apply(input) as tf.SymbolicTensor));
  const apart = shuffled(tf.model({inputs: input, outputs: merged as tf.SymbolicTensor}), 2, 2);
  const one = tf.sequential({layers: [both('concat', false, first)]});
  one.setWeights(apart.getWeights());
  const {regions, breakpoints} = await analysis.countLinearRegions(apart, segment);
  expect(regions).toBeGreaterThan(2);
  expect(await analysis.countLinearRegions(one, segment)).toMatchObject({regions, breakpoints});
  apart.dispose();
  one.dispose();
});

it.each([
  ['all', ['forwardLayer', 'backwardLayer']],
  ['the first', ['forwardLayer']],
  ['the second', ['backwardLayer']],
])('is read the same with %s frozen, and after saving', async (_, frozen) => {
  const own = model();
  const found = await analysis.countLinearRegions(own, segment);
  expect(found.regions).toBeGreaterThan(5);
  for (const layer of own.layers) {
    const ways = layer as unknown as Record<string, tf.layers.Layer>;
    for (const way of frozen) ways[way].trainable = false;
  }
  expect(await analysis.countLinearRegions(own, segment)).toEqual(found);
  const again = await copyOf(own);
  expect(await analysis.countLinearRegions(again, segment)).toEqual(found);
  own.dispose();
  again.dispose();
});

it('is counted by the report, and its dead units are found', async () => {
  const own = tf.sequential({layers: [both('ave', true, first)]});
  const {layers} = await analysis.parameterReport(own);
  // 2 ways of 2 units at 3 steps of time.
  expect(layers[0]).toMatchObject({name: 'both', parameters: 16, breakpoints: 12, liveBreakpoints: 12});
  own.dispose();
});

it('has a unit for each step of time that may be dead', async () => {
  const own = shuffled(tf.sequential({layers: [both('concat', true, first)]}), 1, 2);
  // The second unit of the layer that reads from the end is dead at once, at all steps of time.
  tf.tidy(() => own.setWeights([...own.getWeights().slice(0, 5), tf.tensor1d([1, -100])]));
  const {neurons, dead} = await analysis.stablyUnactivated(own, {layer: 'both', domain: {low: -1, high: 1}});
  expect(neurons).toHaveLength(12);
  expect(neurons.slice(6).map(({verdict}) => verdict === 'dead')).toEqual([false, true, false, true, false, true]);
  expect(dead).toBeLessThan(12);
  const alive = neurons.filter(({verdict}) => verdict === 'alive');
  expect(alive.length).toBeGreaterThan(3);
  for (const {index, witness} of alive) {
    const [t, unit] = [Math.floor((index % 6) / 2), index % 2];
    const [time, channel] = index < 6 ? [t, unit] : [2 - t, 2 + unit];
    const y = tf.tidy(() => (own.predict(tf.tensor3d(witness!, [1, 3, 1])) as tf.Tensor).dataSync());
    expect(y[time * 4 + channel]).toBeGreaterThan(0);
  }
  own.dispose();
});
