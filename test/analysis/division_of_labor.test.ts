import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

const {divisionOfLabor} = pw.analysis;

/** Two dense layers with the given weights. */
function network(w: number[][], v: number[]): tf.Sequential {
  const layers = [
    tf.layers.dense({units: v.length, inputShape: [w.length], useBias: false, activation: 'relu'}),
    tf.layers.dense({units: 1}),
  ];
  const model = tf.sequential({layers});
  model.setWeights([tf.tensor2d(w), tf.tensor2d(v, [v.length, 1]), tf.tensor1d([5])]);
  return model;
}

it('is -1 where the weighted sum cancels, and units - 1 where all do the same', () => {
  expect(
    divisionOfLabor(
      network(
        [
          [1, 1],
          [2, 2],
        ],
        [1, -1],
      ),
    ),
  ).toEqual({correlation: -1, meanPairCosine: expect.closeTo(-1), units: 2});
  expect(divisionOfLabor(network([[1, 1, 1]], [2, 2, 2])).correlation).toBeCloseTo(2, 12);
  expect(divisionOfLabor(network([[1, 1, 1]], [2, 2, 2])).meanPairCosine).toBeCloseTo(1, 12);
});

it('is 0 for orthogonal units, whatever their size', () => {
  const {correlation, meanPairCosine} = divisionOfLabor(
    network(
      [
        [3, 0],
        [0, 1],
      ],
      [1, 7],
    ),
  );
  expect([correlation, meanPairCosine]).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)]);
});

it('does not depend on signs and scales that the activation hides', () => {
  const model = network(
    [
      [1, -2, 0.5],
      [0.3, 1, 2],
    ],
    [1, 2, -1],
  );
  const copy = pw.analysis.permuteUnits(model, {seed: 1});
  expect(divisionOfLabor(copy).correlation).toBeCloseTo(divisionOfLabor(model).correlation, 5);
});

it('has no pair in one unit', () => {
  expect(divisionOfLabor(network([[2]], [1]))).toEqual({correlation: 0, meanPairCosine: null, units: 1});
});

it('refuses other models by what they are', () => {
  const {dense} = tf.layers;
  const deep = tf.sequential({layers: [dense({units: 2, inputShape: [2]}), dense({units: 2}), dense({units: 1})]});
  expect(() => divisionOfLabor(deep)).toThrow(
    'the layers with weights must be two dense ones, but received Dense, Dense, Dense',
  );
  const wide = tf.sequential({layers: [dense({units: 2, inputShape: [2]}), dense({units: 3})]});
  expect(() => divisionOfLabor(wide)).toThrow('the second dense layer must have one unit, but received 3');
  expect(() => divisionOfLabor(network([[1, 1]], [0, 0]))).toThrow('the weights must be finite and not all 0');
});
