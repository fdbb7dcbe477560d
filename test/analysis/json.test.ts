import * as tf from '@tensorflow/tfjs';
import {analysis, layers, theory} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';

useBackend();

const model = tf.sequential({
  layers: [
    tf.layers.dense({units: 40, activation: 'relu', inputShape: [2]}),
    layers.whtProjection({units: 32}),
    layers.reluPair(),
    tf.layers.dense({units: 30, activation: 'relu'}),
    tf.layers.dense({units: 1}),
  ],
});
afterAll(() => model.dispose());

const RESULTS: [name: string, result: () => unknown][] = [
  ['countLinearRegions', () => analysis.countLinearRegions(model, {from: [-1, 0], to: [1, 1]})],
  ['linearRegions2d', () => analysis.linearRegions2d(model, {x: [-0.1, 0.1], y: [-0.1, 0.1]})],
  ['regionBounds', () => analysis.regionBounds(model)],
  ['regionBounds along a segment', () => analysis.regionBounds(model, {from: [0, 0], to: [1, 1]})],
  ['parameterReport', () => analysis.parameterReport(model)],
  ['stablyUnactivated, bounds', () => analysis.stablyUnactivated(model, {domain: {low: 0, high: 1}, method: 'bounds'})],
  [
    'stablyUnactivated, exact',
    async () => {
      const small = tf.sequential({
        layers: [
          tf.layers.dense({units: 3, activation: 'relu', inputShape: [2]}),
          tf.layers.dense({units: 5, activation: 'relu'}),
        ],
      });
      const found = await analysis.stablyUnactivated(small);
      small.dispose();
      return found;
    },
  ],
  ['countEquivalentMinima', () => analysis.countEquivalentMinima(model)],
  ['countEquivalentMinima of widths', () => analysis.countEquivalentMinima([512, 512])],
  ['equivalent', () => analysis.equivalent(model, model)],
  [
    'equivalent, other architectures',
    () => {
      const other = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
      const found = analysis.equivalent(model, other);
      other.dispose();
      return found;
    },
  ],
  ['stablyUnactivatedProbability', () => theory.stablyUnactivatedProbability(2, 3)],
  ['stablyUnactivatedProbability of many', () => theory.stablyUnactivatedProbability(60, 61)],
  ['estimateStablyUnactivated', () => theory.estimateStablyUnactivated({n0: 1, n1: 3, samples: 50, seed: 1})],
  ['storageCapacity', () => theory.storageCapacity('relu')],
  ['symmetryBreaking', () => theory.symmetryBreaking('relu')],
  ['typicalOverlap', () => theory.typicalOverlap('relu', 1)],
];

it.each(RESULTS)('what %s gives is plain JSON', async (_, result) => {
  const found = await result();
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});

it('whole numbers beyond 2^53 are all their digits', () => {
  const {count} = analysis.countEquivalentMinima([20]);
  expect(count).toBe('2432902008176640000');
  expect(analysis.countEquivalentMinima([18]).count).toBe(6402373705728000);
  expect(theory.stablyUnactivatedProbability(60, 61).fraction).toEqual([String(2n ** 60n + 1n), String(4n ** 61n)]);
});
