/** @slow */

import * as tf from '@tensorflow/tfjs';
import {initializers, layers} from 'tfjs-piecewise';
import {backendName, useBackend} from '../support/backend';
import {disposeUsed, used} from './used_layers';
import {bendOf, countPieces, functionsOf} from './wave_functions';

useBackend();

// Depth 12 is beyond what float32 can use, and says so.
beforeAll(() => jest.spyOn(console, 'warn').mockImplementation(() => {}));

/** cpu has the whole claim; elsewhere the same weights would be counted again. */
const [DEPTHS, STEPS] = (
  {
    cpu: [[1, 2, 3, 5, 8, 12], 300],
    wasm: [[5], 100],
    tensorflow: [[5], 100],
    webgpu: [[3], 20],
  } as const
)[backendName];

const TARGETS = {
  'x^3': (x: number) => x ** 3,
  'x^11': (x: number) => x ** 11,
  'a kink': (x: number) => Math.abs(x - 0.3),
};

describe('tied waves', () => {
  disposeUsed();

  const cases = DEPTHS.map((depth) => [depth % 2 === 0 ? 'concave' : 'convex', depth] as const);
  it.each(cases)(
    `are strictly %s with exactly 2^depth regions for depth %d and any peaks, new and after ${STEPS} steps of training`,
    async (curvature, depth) => {
      const targets = Object.values(TARGETS).map((f) => (x: number) => (curvature === 'convex' ? 1 : -1) * f(x));
      const peakInitializer = initializers.peakUniform({minval: 0, maxval: 1, seed: depth});
      const layer = used(layers.triangleWave({depth, curvature, peakInitializer}), [targets.length]);
      const check = async () => {
        const functions = await functionsOf(layer);
        expect(functions.map(countPieces)).toEqual(targets.map(() => 2 ** depth));
        expect(functions.map(bendOf)).toEqual(targets.map(() => curvature));
        return functions.map(({ends}) => ends[2 ** (depth - 1)]);
      };
      const start = await check();
      train(layer, targets);
      const end = await check();
      for (const [k, peak] of end.entries()) expect(peak).not.toBe(start[k]);
    },
    120_000,
  );
});

/** Stage 1: the layer's own weights learn one function per channel. */
function train(layer: tf.layers.Layer, targets: ((x: number) => number)[]): void {
  const grid = Array.from({length: 32}, (_, i) => (i + 0.5) / 32);
  const x = tf.tensor2d(grid.map((value) => targets.map(() => value)));
  const y = tf.tensor2d(grid.map((value) => targets.map((f) => f(value))));
  const optimizer = tf.train.adam(0.01);
  const loss = () => tf.mean(tf.squaredDifference(layer.apply(x) as tf.Tensor, y)) as tf.Scalar;
  for (let step = 0; step < STEPS; step++) optimizer.minimize(loss);
  optimizer.dispose();
  tf.dispose([x, y]);
}
