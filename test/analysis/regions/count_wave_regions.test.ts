/** @slow */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {uniform} from '../../support/random';
import {exactPieces} from '../support/exact_wave';

const {layers} = pw;
const {countLinearRegions} = pw.analysis;
type Args = pw.layers.TriangleWaveArgs;
type Weights = {[name: string]: number[]};

beforeEach(() => {
  jest.spyOn(console, 'warn').mockImplementation(); // depth 12 is said to be too deep for float32
});

const EPSILON = 1e-3;
const DEPTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const peakOf = (weight: number) => EPSILON + (1 - 2 * EPSILON) * sigmoid(5 * weight);
/** Two weights in three at the ends of the range of peaks, where the smallest pieces are 10^-36 wide. */
const extreme = (count: number, seed: number) => Array.from(uniform(count, seed, -30, 30), (w) => Math.fround(w));

function waveModel(args: Args, weights: Weights): tf.Sequential {
  const layer = layers.triangleWave({...args, inputShape: [1]});
  const model = tf.sequential({layers: [layer]});
  setWeights(layer, weights);
  return model;
}

function setWeights(layer: tf.layers.Layer, weights: Weights): void {
  for (const weight of layer.weights) {
    const given = weights[weight.originalName.split('/').at(-1)!];
    if (!given) continue;
    const value = tf.tensor(given, weight.shape as number[]);
    weight.write(value);
    value.dispose();
  }
}

async function regionsOf(model: tf.LayersModel, from = 0, to = 1): Promise<number> {
  const {regions, activationCells, breakpoints} = await countLinearRegions(model, {from: [from], to: [to]});
  expect(breakpoints).toHaveLength(regions - 1);
  expect([...breakpoints].sort((a, b) => a - b)).toEqual(breakpoints);
  expect(activationCells).toBeGreaterThanOrEqual(regions);
  return regions;
}

describe('of a tied wave', () => {
  it.each(DEPTHS)(
    'of depth %d are exactly 2^depth, as in rational numbers, for peaks at their very ends',
    async (depth) => {
      for (const [i, curvature] of (['convex', 'concave', 'convex'] as const).entries()) {
        const peaks = extreme(depth + 1, 100 * depth + i);
        const slope = Math.fround([0.7, -3, -1e-3][i]);
        const sign = curvature === 'convex' ? -1 : 1;
        const expected = exactPieces({slope, peaks: peaks.map(peakOf), sign, scales: null});
        expect(expected).toEqual({pieces: 2 ** depth, bend: curvature});
        const model = waveModel({depth, curvature}, {peaks, slope: [slope]});
        expect(await regionsOf(model)).toBe(expected.pieces);
        expect(await regionsOf(model, 1, 0)).toBe(expected.pieces);
        expect(await regionsOf(model, -1, 2)).toBe(expected.pieces + 2);
        model.dispose();
      }
    },
  );

  it.each([
    [4, 0.1, 'concave'],
    [12, 1, 'convex'],
  ] as const)(
    'of depth %d are that after 300 steps at the rate %d, %s, on data of either curvature',
    async (depth, rate, curvature) => {
      const targets = [(x: number) => x ** 11, (x: number) => -20 * x * x, (x: number) => -Math.abs(x - 0.3)];
      const peakInitializer = pw.initializers.peakUniform({minval: 0, maxval: 1, seed: depth});
      const layer = layers.triangleWave({depth, curvature, peakInitializer});
      layer.apply(tf.input({shape: [targets.length]}));
      const grid = Array.from({length: 6}, (_, i) => i / 5);
      const x = tf.tensor2d(grid.map((value) => targets.map(() => value)));
      const y = tf.tensor2d(grid.map((value) => targets.map((f) => f(value))));
      const optimizer = tf.train.adam(rate);
      const loss = () => tf.mean(tf.squaredDifference(layer.apply(x) as tf.Tensor, y)) as tf.Scalar;
      for (let step = 0; step < 300; step++) optimizer.minimize(loss);
      const rows = layer.getWeights().map((weight) => weight.arraySync() as (number | number[])[]);
      for (const k of targets.keys()) {
        const [peaks, slope] = rows.map((row) => [row[k]].flat());
        const sign = curvature === 'convex' ? -1 : 1;
        const expected = exactPieces({slope: slope[0], peaks: peaks.map(peakOf), sign, scales: null});
        expect(expected).toEqual({pieces: 2 ** depth, bend: curvature});
        const model = waveModel({depth, curvature}, {peaks, slope});
        expect(await regionsOf(model)).toBe(2 ** depth);
        model.dispose();
      }
      optimizer.dispose();
      layer.dispose();
      tf.dispose([x, y]);
    },
  );

  it('are the same in any domain, with any norm that is piecewise linear', async () => {
    const weights = {peaks: extreme(11, 3), slope: [-2]};
    for (const args of [
      {inputNorm: 'none'},
      {inputNorm: 'none', outside: 'clamp'},
      {inputNorm: 'fold'},
      {inputNorm: 'fold', domain: [-3, 5]},
      {domain: [-3, 5]},
    ] as Args[]) {
      const model = waveModel({depth: 10, ...args}, weights);
      const [low, high] = args.domain ?? [0, 1];
      expect(await regionsOf(model, low, high)).toBe(1024);
      expect(await regionsOf(model, high, low)).toBe(1024);
      const width = high - low;
      if (args.inputNorm === 'fold') expect(await regionsOf(model, high + width, low - 3 * width)).toBe(5 * 1024);
      model.dispose();
    }
  });
});

describe('that coincide are not invented', () => {
  it.each([2, 3, 4])('in other scalings, of depth %d, which equal the count in rational numbers', async (depth) => {
    const scalings = {
      free: (w: number[]) =>
        Array.from({length: depth}, (_, i) => w.slice(0, i).reduce((s, r) => s * sigmoid(r), 0.25)),
      takagi: (w: number[]) => w.map((t, i) => 0.25 * 2 ** (1 - i) * Math.tanh(t)),
      sawtooth: () => Array.from({length: depth}, (_, i) => (i === depth - 1 ? 0.25 : 0)),
    };
    const found = new Set<number>();
    for (const [scaling, scalesOf] of Object.entries(scalings)) {
      // Few sizes: equal ones of a Takagi sum make a plateau, a weight 0 takes a wave out.
      for (const weights of [uniform(depth, 1, -1, 1), [0.5, 0.5, 0.5, 0.5], [0.5, 0, 0, 0.25], [0, 0, 0, 0]]) {
        const own = Array.from(weights, Math.fround).slice(0, scaling === 'free' ? depth - 1 : depth);
        const peaks = scaling === 'takagi' ? [] : extreme(depth, depth);
        const all = [...peaks.map(peakOf), ...new Array<number>(depth + 1 - peaks.length).fill(0.5)];
        const expected = exactPieces({slope: 1, peaks: all, sign: -1, scales: scalesOf(own)});
        const args: Args = {depth, scaling: scaling as Args['scaling'], scale: 0.25};
        const model = waveModel(args, {peaks, scales: own, slope: [1]});
        expect([scaling, own, await regionsOf(model)]).toEqual([scaling, own, expected.pieces]);
        found.add(expected.pieces);
        model.dispose();
      }
    }
    expect(found.size).toBeGreaterThan(2);
  });

  it('in a difference of equal waves, which is a line, or of different ones', async () => {
    const peaks = extreme(6, 4);
    const args: Args = {depth: 5, curvature: 'dc'};
    const line = waveModel(args, {convex_peaks: peaks, concave_peaks: peaks});
    expect(await regionsOf(line)).toBe(1);
    const bent = waveModel(args, {
      convex_peaks: extreme(6, 5).map((w) => w / 60),
      concave_peaks: peaks.map((w) => w / 60),
    });
    expect(await regionsOf(bent)).toBe(63);
    line.dispose();
    bent.dispose();
  });

  it('between channels: two equal waves have the regions of one, and their difference none', async () => {
    const peaks = extreme(8, 6);
    const model = tf.sequential({
      layers: [
        tf.layers.dense({units: 2, useBias: false, inputShape: [1]}),
        layers.triangleWave({depth: 7}),
        tf.layers.dense({units: 1}),
        tf.layers.reLU(),
      ],
    });
    const [input, wave, mix] = model.layers;
    setWeights(input, {kernel: [1, 1]});
    setWeights(wave, {peaks: [...peaks, ...peaks], slope: [1, 1]});
    setWeights(mix, {kernel: [1, 2], bias: [1]});
    expect(await regionsOf(model)).toBe(128);
    setWeights(mix, {kernel: [1, -1], bias: [1]});
    expect(await regionsOf(model)).toBe(1);
    model.dispose();
  });
});
