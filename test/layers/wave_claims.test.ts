import * as tf from '@tensorflow/tfjs';
import {initializers, layers} from 'tfjs-piecewise';
import {collectTensors, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {outputs} from './models';
import {type NarrowNetwork, runNarrow} from './narrow_network';
import {disposeUsed, used} from './used_layers';
import {functionsOf} from './wave_functions';

useBackend();

beforeAll(() => jest.spyOn(console, 'warn').mockImplementation(() => {})); // depths beyond 11

type Args = layers.TriangleWaveArgs;
const wave = (args: Args, channels = 1) => used(layers.triangleWave(args), [channels]);
const wide = (seed: number) => initializers.peakUniform({minval: 0.1, maxval: 0.9, seed});
const along = (layer: tf.layers.Layer, x: ArrayLike<number>) =>
  outputs(layer, () => tf.tensor2d(Float32Array.from(x), [x.length, 1]));

/** The network of a layer of one channel, from its own peaks and scales. */
async function networkOf(layer: layers.TriangleWave): Promise<NarrowNetwork> {
  const {slope, intercept, waves} = layer.parameters();
  const [s, i, peaks, scales] = await Promise.all([slope, intercept!, waves[0].peaks, waves[0].scales].map(values));
  return {slope: s[0], intercept: i[0], peaks, scales};
}

describe('a tied wave', () => {
  disposeUsed();
  beforeEach(collectTensors);

  it.each([1, 4, 8, 12, 16, 20])('of depth %d is its ReLU network of width 4, up to 5e-7 in float32', async (depth) => {
    for (const peakInitializer of [wide(1), wide(2), initializers.peakConstant()]) {
      const layer = wave({depth, peakInitializer});
      const network = await networkOf(layer);
      const x = uniform(500, 3);
      const expected = Array.from(x, (u) => runNarrow(network, u).y);
      expectClose(await along(layer, x), expected, {relative: 0, absolute: 5e-7});
    }
  });

  it('has no neuron of that network off on all of (0, 1)', async () => {
    const network = await networkOf(wave({depth: 12, peakInitializer: wide(4)}));
    const live = Array.from(uniform(20_000, 5), (x) => runNarrow(network, x).hidden.map((h) => h.map((z) => z > 0)));
    for (let level = 0; level < 12; level++) {
      for (let neuron = 0; neuron < 4; neuron++) expect(live.some((h) => h[level][neuron])).toBe(true);
    }
  });

  it('goes on straight beyond [0, 1], where that network stops below and forgets all but the first wave above', async () => {
    const layer = wave({depth: 3, inputNorm: 'none', peakInitializer: 'peakConstant'});
    const network = await networkOf(layer);
    const x = [-0.5, 1.1, 1.5];
    expectClose(await along(layer, x), [-0.0625, 1.1875, 1.9375]); // slopes 2^-3 and 2 - 2^-3
    expectClose(
      x.map((value) => runNarrow(network, value).y),
      [0, 1.15, 1.75],
    );
  });

  it('keeps its law: s_(i+1) = s_i (1 - a_(i+1)) a_(i+2)', async () => {
    const layer = wave({depth: 20, curvature: 'concave', peakInitializer: wide(6)});
    const {peaks: a, scales: s} = await networkOf(layer);
    expect(s[0]).toBeCloseTo(a[0] * a[1], 6);
    for (let i = 0; i + 2 < 20; i++) expect(s[i + 1] / (s[i] * (1 - a[i + 1]) * a[i + 2])).toBeCloseTo(1, 5);
  });

  it('has the height s_0 at a_0, where it is flat, and the slopes of the infinite sum at both ends', async () => {
    const layer = wave({depth: 16, curvature: 'concave', scale: 0.5, base: {slope: 0}, peakInitializer: wide(7)});
    const {peaks: a} = await networkOf(layer);
    const [{ends, slopes, value}] = await functionsOf(layer);
    expect(value(a[0])).toBeCloseTo(0.5, 6);
    expect(slopes[0] / (0.5 / (a[0] * a[1]))).toBeCloseTo(1, 3);
    expect(slopes.at(-1)! / (-0.5 / ((1 - a[0]) * a[1]))).toBeCloseTo(1, 3);
    const top = ends.length >> 1;
    expect(Math.abs(slopes[top - 1])).toBeLessThan(1e-3);
    expect(Math.abs(slopes[top])).toBeLessThan(1e-3);
  });

  it('that is cut at depth d misses the infinite sum by s_d', async () => {
    const row = Array.from(uniform(17, 8, 0.2, 0.8));
    const at = (depth: number) => {
      const peakInitializer = initializers.given({values: [row.slice(0, depth + 1)]});
      return wave({depth, curvature: 'concave', peakInitializer});
    };
    const deep = at(16);
    const {scales} = await networkOf(deep);
    for (const depth of [1, 3, 5]) {
      const [[long], [short]] = await Promise.all([functionsOf(deep), functionsOf(at(depth))]);
      const misses = long.ends.map((u) => long.value(u) - short.value(u));
      expect(Math.max(...misses) / scales[depth]).toBeCloseTo(1, 4);
      expect(Math.min(...misses)).toBeGreaterThan(-1e-9);
    }
  });

  it("of scale 'a0a1' keeps the partial sums of that network above 0, where its rectified sum needs them", async () => {
    const lowest = async (scale: Args['scale'], seed: number) => {
      const network = await networkOf(wave({scale, peakInitializer: wide(seed)}));
      const sums = Array.from(uniform(2000, 9), (x) => runNarrow(network, x).hidden.map(([sum]) => sum));
      return Math.min(...sums.flat());
    };
    const seeds = [1, 2, 3, 4, 5, 6];
    for (const seed of seeds) expect(await lowest('a0a1', seed)).toBeGreaterThan(-1e-7);
    expect(Math.min(...(await Promise.all(seeds.map((seed) => lowest(0.25, seed)))))).toBeLessThan(-0.01);
  });

  it('has gradients by its peaks that do not grow with depth, where free ones may', async () => {
    const bound = async (args: Args) => {
      const x = uniform(400, 10);
      const row = Array.from(uniform(args.depth! + 1, 11, 0.1, 0.9)).slice(0, args.tailPeak === 0.5 ? -1 : undefined);
      const peakInitializer = initializers.given({values: Array.from(x, () => row)}); // a channel for each x
      const layer = wave({scale: 1, base: {slope: 0}, peakInitializer, ...args}, x.length);
      if (args.scaling === 'free')
        layer.setWeights(layer.getWeights().map((w, i) => (i === 1 ? tf.fill(w.shape, 20) : w)));
      const loss = () => tf.sum(layer.apply(tf.tensor2d(x, [1, x.length])) as tf.Tensor) as tf.Scalar;
      const {grads} = tf.variableGrads(loss);
      const name = Object.keys(grads).find((key) => /\/peaks/.test(key))!;
      const perWeight = await values(grads[name]);
      const perPeak = perWeight.map((g, k) => g / (5 * row[k % row.length] * (1 - row[k % row.length])));
      return Math.max(...perPeak.map(Math.abs));
    };
    for (const depth of [4, 8, 12, 20, 24]) expect(await bound({depth})).toBeLessThan(7);
    expect(await bound({depth: 12, scaling: 'free', tailPeak: 0.5})).toBeGreaterThan(1000);
  });
});
