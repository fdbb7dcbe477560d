import * as tf from '@tensorflow/tfjs';
import {chordStart, layers} from 'tfjs-piecewise';
import {outputs} from '../layers/models';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';

useBackend();

const grid = (n: number, low = 0, high = 1) => Array.from({length: n}, (_, i) => low + ((high - low) * i) / (n - 1));

it('is the chord of convex and concave data, and their distance from it', () => {
  const x = grid(101, -1, 3);
  expect(
    chordStart(
      x,
      x.map((v) => v * v),
    ),
  ).toEqual({
    curvature: 'convex',
    base: {slope: 8, intercept: 1},
    scale: 4,
    domain: [-1, 3],
  });
  expect(chordStart([1, 0, 0.25], [2, 0, 1])).toEqual({
    curvature: 'concave',
    base: {slope: 2, intercept: 0},
    scale: 0.5,
    domain: [0, 1],
  });
});

it('makes a wave with peaks 1/2 the interpolant of a parabola before any training', async () => {
  const x = grid(65, -2, 1);
  const y = x.map((v) => 3 * v * v - v);
  const args = {depth: 6, peakInitializer: 'peakConstant', inputShape: [1]} as layers.TriangleWaveArgs;
  const model = tf.sequential({layers: [layers.triangleWave({...args, ...chordStart(x, y)})]});
  expectClose(await outputs(model, () => tf.tensor2d(x, [65, 1])), y, {relative: 0, absolute: 2e-6 * 14});
  model.dispose();
});

it.each<[string, number[], number[], string]>([
  ['too few points', [0, 1], [0, 1], 'as many numbers, at least three, but received 2 and 2'],
  ['lists of two lengths', [0, 1, 2], [0, 1], 'but received 3 and 2'],
  ['a NaN', [0, 1, 2], [0, Number.NaN, 1], 'all numbers must be finite, but received NaN'],
  ['equal inputs', [1, 1, 1], [0, 1, 2], 'x must not be all equal, but received 1'],
  ['a straight line', [0, 1, 2], [1, 2, 3], 'the data must leave their chord'],
])('refuses %s', (_, x, y, message) => {
  expect(() => chordStart(x, y)).toThrow(message);
});
