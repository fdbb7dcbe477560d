import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {outputs} from './models';
import {functionsOf} from './wave_functions';

useBackend();

const {triangleWave} = layers;
type Args = layers.TriangleWaveArgs;

const HALVES: Args = {peakInitializer: tf.initializers.constant({value: 0.5})};

function used(args: Args, channels = 1): layers.TriangleWave {
  const layer = triangleWave(args);
  layer.apply(tf.input({shape: [channels]}));
  return layer;
}

/** The outputs of a layer of one channel. */
const along = (layer: tf.layers.Layer, x: ArrayLike<number>) =>
  outputs(layer, () => tf.tensor2d(Float32Array.from(x), [x.length, 1]));

describe('triangleWave', () => {
  it.each([1, 2, 3, 5, 7])('of depth %d with peaks 1/2 and slope 1 is x^2 up to 2^-(2 depth + 2)', async (depth) => {
    const layer = used({...HALVES, depth});
    const steps = 2 ** (depth + 1); // the ends and the middles of the pieces, where the error is smallest and largest
    const x = Float32Array.from({length: steps + 1}, (_, i) => i / steps);
    const y = await along(layer, x);
    const errors = Array.from(y, (value, i) => value - x[i] ** 2);
    expectClose(
      errors,
      Array.from(x, (_, i) => (i % 2) * 2 ** -(2 * depth + 2)),
      {relative: 0, absolute: 1e-6},
    );
    layer.dispose();
  });

  it('clips its input to [0, 1] unless told otherwise', async () => {
    const x = [-3, -0.5, 0, 0.3, 1, 1.5, 40];
    const layer = used({...HALVES, depth: 4});
    const clipped = x.map((value) => Math.max(0, Math.min(1, value)));
    expectClose(await along(layer, x), await along(layer, clipped));
    layer.dispose();
  });

  it('on the sigmoid of its input is that function of the sigmoid', async () => {
    const layer = used({depth: 4, inputNorm: 'sigmoid', seed: 2});
    const [f] = await functionsOf(layer);
    const x = [-4, -1, 0, 0.2, 3];
    const expected = x.map((value) => f.value(1 / (1 + Math.exp(-value))));
    expectClose(await along(layer, x), expected, {relative: 0, absolute: 2e-5});
    layer.dispose();
  });

  it('with a trainable scale starts half as bent', async () => {
    const x = uniform(20, 4);
    const bend = async (scale: Args['scale']) => {
      const layer = used({scale, seed: 5});
      const y = await along(layer, x);
      layer.dispose();
      return y.map((value, i) => value - x[i]);
    };
    const whole = await bend('a0a1');
    expectClose(
      await bend('train'),
      whole.map((value) => value / 2),
    );
    expect(Math.min(...whole)).toBeLessThan(-0.1);
  });

  it('has functions of its own for each channel, and the same for every other position', async () => {
    const layer = used({depth: 3, seed: 6}, 3);
    const functions = await functionsOf(layer);
    const x = uniform(2 * 4 * 3, 7);
    const y = await outputs(layer, () => tf.tensor3d(x, [2, 4, 3]));
    expectClose(
      y,
      Array.from(x, (value, k) => functions[k % 3].value(value)),
      {relative: 0, absolute: 2e-5},
    );
    expect(functions[0].ends).not.toEqual(functions[1].ends);
    layer.dispose();
  });

  it('starts with peaks in (0.25, 0.75), the same for the same seed, and keeps any weight within (0, 1)', async () => {
    const peaks = async (args: Args, weight?: number) => {
      const layer = used({depth: 1, ...args}, 40);
      if (weight !== undefined) {
        tf.tidy(() => layer.setWeights(layer.getWeights().map((w, i) => (i === 0 ? tf.fill(w.shape, weight) : w))));
      }
      const functions = await functionsOf(layer);
      layer.dispose();
      return functions.map(({ends}) => ends[1]);
    };
    const start = await peaks({seed: 8});
    expect(start).toEqual(await peaks({seed: 8}));
    expect(start).not.toEqual(await peaks({seed: 9}));
    expect(Math.min(...start)).toBeGreaterThan(0.25);
    expect(Math.max(...start)).toBeLessThan(0.75);
    expect(Math.max(...start) - Math.min(...start)).toBeGreaterThan(0.3);
    for (const weight of [-1e6, 1e6]) {
      const [peak] = await peaks({seed: 8, peakEpsilon: 0.01}, weight);
      expect(peak).toBeCloseTo(weight < 0 ? 0.01 : 0.99, 6);
    }
  });

  it('stays finite, with finite gradients, for peaks at the very end of their range', async () => {
    const layer = used({depth: 8, seed: 10});
    tf.tidy(() => layer.setWeights(layer.getWeights().map((w, i) => (i === 0 ? tf.fill(w.shape, 1e6) : w))));
    const results = await outputs(layer, () => tf.linspace(0, 1, 50).reshape([50, 1]));
    expect(results.every(Number.isFinite)).toBe(true);
    const gradients = tf.tidy(() => {
      const loss = () => tf.sum(layer.apply(tf.linspace(0, 1, 50).reshape([50, 1])) as tf.Tensor) as tf.Scalar;
      return Object.values(tf.variableGrads(loss).grads);
    });
    for (const gradient of gradients) expect((await gradient.data()).every(Number.isFinite)).toBe(true);
    expect(gradients.length).toBe(3);
    tf.dispose(gradients);
    layer.dispose();
  });
});
