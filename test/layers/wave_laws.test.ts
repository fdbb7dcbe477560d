import * as tf from '@tensorflow/tfjs';
import {initializers, layers} from 'tfjs-piecewise';
import {backendName, collectTensors, useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {uniform} from '../support/random';
import {outputs} from './models';
import {disposeUsed, used} from './used_layers';
import {countPieces, functionsOf} from './wave_functions';

useBackend();
beforeEach(collectTensors);

type Args = layers.TriangleWaveArgs;
const {triangleWave} = layers;

const wave = (args: Args, channels = 1) => used(triangleWave({seed: 1, ...args}), [channels]);

const along = (layer: tf.layers.Layer, x: ArrayLike<number>) =>
  outputs(layer, () => tf.tensor2d(Float32Array.from(x), [x.length, 1]));

/** Adds noise to all weights, as training would. */
function disturb(layer: tf.layers.Layer): void {
  const noise = (w: tf.Tensor, i: number) => tf.add(w, tf.tensor(uniform(w.size, 10 + i, -0.2, 0.2), w.shape));
  layer.setWeights(layer.getWeights().map(noise));
}

const SCALINGS = ['tied', 'free', 'sawtooth', 'takagi'] as const;
const CURVATURES = ['convex', 'concave', 'dc', 'signed'] as const;
const SCALES = ['a0a1', 'train', 0.3] as const;
const VARIANTS = SCALINGS.flatMap((scaling) =>
  CURVATURES.flatMap((curvature) => SCALES.map((scale): Args => ({scaling, curvature, scale}))),
);

describe('triangleWave in each variant', () => {
  disposeUsed();

  it.each(VARIANTS)('is its formula, with any weights: %j', async (args) => {
    for (const depth of [1, 3]) {
      const layer = wave({depth, ...args}, 2);
      disturb(layer);
      const functions = await functionsOf(layer);
      const x = uniform(20, 2);
      const y = await outputs(layer, () => tf.tensor2d(x, [10, 2]));
      const expected = Array.from(x, (u, k) => functions[k % 2].value(u));
      expectClose(y, expected, {relative: 0, absolute: 5e-6});
      const pieces = args.curvature === 'dc' && args.scaling !== 'takagi' ? 2 ** (depth + 1) - 1 : 2 ** depth;
      expect(functions.map(countPieces)).toEqual([pieces, pieces]);
    }
  });
});

describe('scaling', () => {
  disposeUsed();

  it("'free' and 'takagi' start as the parabola does, from peaks 1/2", async () => {
    const peakInitializer = 'peakConstant';
    const x = uniform(50, 3);
    const parabola = await along(wave({peakInitializer}), x);
    expectClose(await along(wave({peakInitializer, scaling: 'free'}), x), parabola);
    expectClose(await along(wave({scaling: 'takagi'}), x), parabola);
  });

  it.each([-1e4, 1e4])("'free' and 'takagi' stay bounded for any weights, even %d", async (weight) => {
    for (const scaling of ['free', 'takagi'] as const) {
      const layer = wave({scaling, depth: 10, scale: 'a0a1'});
      layer.setWeights(layer.getWeights().map((w) => ((w.shape[1] ?? 0) > 8 ? tf.fill(w.shape, weight) : w)));
      const {waves} = layer.parameters();
      const scales = await values(waves[0].scales);
      const largest =
        scaling === 'takagi' ? scales.map((_, i) => 2 ** (1 - i) / 4) : scales.map(() => Math.abs(scales[0]));
      for (const [i, s] of scales.entries()) expect(Math.abs(s)).toBeLessThanOrEqual(largest[i] * (1 + 1e-6));
    }
  });

  it("'sawtooth' is the last wave alone", async () => {
    const layer = wave({
      scaling: 'sawtooth',
      curvature: 'concave',
      scale: 1,
      base: {slope: 0},
      depth: 3,
      peakInitializer: 'peakConstant',
    });
    expectClose(await along(layer, [0, 1 / 8, 1 / 4, 3 / 8, 7 / 16, 1]), [0, 1, 0, 1, 0.5, 0]);
  });
});

describe('scale', () => {
  disposeUsed();

  it('as a number is the height of the wave, whatever the slope', async () => {
    const layer = wave({scale: 0.7, base: {slope: 0}, curvature: 'concave', peakInitializer: 'peakConstant'});
    expectClose(await along(layer, [0, 0.5, 1]), [0, 0.7, 0]);
  });

  it("'train' starts half as high as 'a0a1', which touches the slope 0 at 0", async () => {
    const slopeAtZero = async (scale: Args['scale']) => {
      const layer = wave({scale, depth: 11, peakInitializer: 'peakConstant'});
      return (await along(layer, [1e-5]))[0] / 1e-5;
    };
    expect(await slopeAtZero('a0a1')).toBeCloseTo(2 ** -11, 3);
    expect(await slopeAtZero('train')).toBeCloseTo(0.5, 2);
  });
});

describe('curvature', () => {
  disposeUsed();

  it("'signed' starts with random signs that training may turn", async () => {
    const layer = wave({curvature: 'signed'}, 40);
    const gamma = layer.getWeights().at(-1)!;
    const signs = Array.from(await values(gamma));
    expect(new Set(signs)).toEqual(new Set([-1, 1]));
    expect(layer.weights.at(-1)!.originalName).toMatch(/gamma$/);
    const y = await outputs(layer, () => tf.fill([1, 40], 0.5));
    for (const [k, value] of y.entries()) expect(Math.sign(value - 0.5)).toBe(signs[k]);
  });

  it("'dc' draws two different waves", async () => {
    const {waves} = wave({curvature: 'dc'}).parameters();
    const [convex, concave] = await Promise.all(waves.map(({peaks}) => values(peaks)));
    expect(convex).not.toEqual(concave);
  });
});

describe('the input', () => {
  disposeUsed();

  const at = async (args: Args, x: number[]) => along(wave({depth: 4, ...args}), x);

  it.each(['none', 'clip', 'fold'] as const)("of norm '%s' is mapped from the domain", async (inputNorm) => {
    const x = [-1, -0.3, 0.4, 2, 3];
    const onUnit = await at(
      {inputNorm},
      x.map((value) => (value + 1) / 4),
    );
    expectClose(await at({inputNorm, domain: [-1, 3]}, x), onUnit);
  });

  it('is folded at both ends, again and again', async () => {
    const x = [0.1, 0.75, 1];
    const expected = await at({}, x);
    for (const turn of [2, -4])
      expectClose(
        await at(
          {inputNorm: 'fold'},
          x.map((v) => v + turn),
        ),
        expected,
        {relative: 1e-5},
      );
    for (const turn of [0, 2, -4])
      expectClose(
        await at(
          {inputNorm: 'fold'},
          x.map((v) => turn - v),
        ),
        expected,
        {relative: 1e-5},
      );
  });

  it.each(CURVATURES)(
    "outside: 'linear' goes on with the end pieces of a %s function: no new breakpoint",
    async (curvature) => {
      const layer = wave({inputNorm: 'none', curvature, depth: 3});
      const [{ends, slopes, value}] = await functionsOf(layer);
      expect(ends.length).toBeGreaterThan(8);
      const expected = [value(0) - 3 * slopes[0], value(0), value(1), value(1) + 2 * slopes.at(-1)!];
      expectClose(await along(layer, [-3, 0, 1, 3]), expected);
    },
  );

  it("outside: 'clamp' goes on with the end values", async () => {
    const args: Args = {inputNorm: 'none', outside: 'clamp'};
    expectClose(await at(args, [-3, 0.4, 7]), await at(args, [0, 0.4, 1]));
  });

  it.each(['none', 'clip', 'sigmoid', 'fold'] as const)("that is NaN stays NaN with norm '%s'", async (inputNorm) => {
    const y = await at({inputNorm}, [Number.NaN, 0.5]);
    const isLost = inputNorm === 'sigmoid' && backendName === 'webgpu'; // tf.sigmoid(NaN) is 0 there
    if (isLost) expect(y[0]).not.toBeNaN();
    else expect(y[0]).toBeNaN();
    expect(y[1]).not.toBeNaN();
  });
});

describe('peaks', () => {
  disposeUsed();

  it('start where the initializer says, 1/2 to the last bit', async () => {
    const peaks = [0.2, 0.5, 0.9];
    const layer = wave({depth: 3, tailPeak: 0.5, peakInitializer: initializers.given({values: [peaks]})});
    expectClose(await values(layer.parameters().waves[0].peaks), peaks, {absolute: 1e-6, relative: 0});
    const halves = wave({depth: 3, peakInitializer: 'peakConstant'});
    expect(Array.from(await values(halves.parameters().waves[0].peaks))).toEqual([0.5, 0.5, 0.5]);
  });

  it('of tailPeak 0.5 leave the waves, and fix what is behind the last', async () => {
    const waveOf = async (args: Args) => {
      const [{peaks, scales}] = wave({depth: 3, ...args}).parameters().waves;
      return [...(await values(peaks)), ...(await values(scales))];
    };
    const row = [0.2, 0.4, 0.6];
    const given = (peaks: number[]) => initializers.given({values: [peaks]});
    expectClose(
      await waveOf({tailPeak: 0.5, peakInitializer: given(row)}),
      await waveOf({peakInitializer: given([...row, 0.5])}),
    );
  });
});
