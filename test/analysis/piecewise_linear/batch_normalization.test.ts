import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';

beforeAll(() => tf.setBackend('cpu'));

it('normalizes another axis as Keras defines it, and says that some backends do not', async () => {
  const axis = tf.layers.batchNormalization({axis: 1, epsilon: 0, inputShape: [2, 3], name: 'first'});
  const model = tf.sequential({layers: [axis, tf.layers.reLU()]});
  const [gamma, beta, mean, variance] = [
    [2, -1],
    [1, 3],
    [-1, 4],
    [4, 0.25],
  ];
  axis.setWeights([gamma, beta, mean, variance].map((values) => tf.tensor1d(values)));
  const [from, to] = [new Array(6).fill(-10), new Array(6).fill(11)];
  const {breakpoints, notes} = await analysis.countLinearRegions(model, {from, to});
  // Rows are x + 2 and -2 x + 11: relu bends at -2 and at 5.5.
  expect(breakpoints).toHaveLength(2);
  expect(breakpoints[0]).toBeCloseTo(8 / 21, 14);
  expect(breakpoints[1]).toBeCloseTo(15.5 / 21, 14);
  expect(notes).toEqual([
    'layer first: axis 1 is normalized as Keras defines it; cpu and wasm of TensorFlow.js do not.',
  ]);
});
