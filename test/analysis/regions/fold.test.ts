import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';
import {shuffled} from '../support/models';

const {countLinearRegions, linearRegions2d, parameterReport, regionBounds} = analysis;
const fold = (args: object) => layers.triangleWave({inputNorm: 'fold', ...args});

/** The zigzag of period 2 and the waves after it, term by term. */
function folded(layer: layers.TriangleWave): (x: number) => number {
  const {slope, intercept, waves} = layer.parameters();
  const [[a], [b]] = [slope, intercept!].map((tensor) => [...tensor.dataSync()]);
  const [{peaks, scales}] = waves;
  const [p, s] = [peaks, scales].map((tensor) => [...tensor.dataSync()]);
  tf.dispose([slope, intercept!, peaks, scales]);
  return (x) => {
    const u = Math.abs(x - 2 * Math.round(x / 2));
    let [w, y] = [u, a * u + b];
    for (const [i, peak] of p.entries()) {
      w = w < peak ? w / peak : (1 - w) / (1 - peak);
      if (i < s.length) y += s[i] * w;
    }
    return y;
  };
}

describe("inputNorm 'fold'", () => {
  it.each([1, 2, 5, 10])('of depth %i has 2^depth regions on each reflection of its domain', async (depth) => {
    for (const [from, to, passes] of [
      [0, 1, 1],
      [-2, 3, 5],
      [3, -2, 5],
      [1000, 1006, 6],
      [-1e6, -1e6 + 2, 2],
      [3e9, 3e9 - 2, 2], // pieces past 2^31
    ]) {
      const model = tf.sequential({layers: [fold({depth, seed: 3, inputShape: [1]})]});
      const {regions, activationCells} = await countLinearRegions(model, {from: [from], to: [to]});
      expect([regions, activationCells]).toEqual([passes * 2 ** depth, passes * 2 ** depth]);
      model.dispose();
    }
  });

  it('bends at the places of its domain', async () => {
    const model = tf.sequential({layers: [fold({depth: 1, domain: [-0.5, 1.5], tailPeak: 0.5, inputShape: [1]})]});
    const {breakpoints} = await countLinearRegions(model, {from: [-4.5], to: [3.5]});
    expect(breakpoints.length).toBe(7);
    for (const i of [1, 3, 5]) expect(-4.5 + 8 * breakpoints[i]).toBeCloseTo(i - 3.5, 12); // -2.5, -0.5, 1.5
    model.dispose();
  });

  it('has the product of both axes in a window', async () => {
    const model = tf.sequential({layers: [fold({depth: 2, inputShape: [2]})]});
    const {regions, activationCells} = await linearRegions2d(model, {x: [-1, 2], y: [0, 2]});
    expect([regions, activationCells]).toEqual([12 * 8, 12 * 8]);
    model.dispose();
  });

  it('equals brute force after a dense layer: the second differences of 2^15 values', async () => {
    let found = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const dense = tf.layers.dense({units: 1, inputShape: [1]});
      const wave = fold({depth: 1 + (seed % 3)});
      const model = shuffled(tf.sequential({layers: [dense, wave]}), seed, 0.5);
      const [[weight], [bias]] = dense.getWeights().map((tensor) => [...tensor.dataSync()]);
      const f = folded(wave);
      const [from, to, n] = [-20, 20, 2 ** 15];
      const {breakpoints} = await countLinearRegions(model, {from: [from], to: [to]});
      const values = Array.from({length: n + 1}, (_, i) => f(weight * (from + ((to - from) * i) / n) + bias));
      const bent = values.flatMap((y, i) =>
        i > 0 && i < n && Math.abs(values[i - 1] - 2 * y + values[i + 1]) > 1e-12 ? [i] : [],
      );
      const expected = new Set(breakpoints.flatMap((t) => [Math.floor(n * t), Math.ceil(n * t)]));
      expect([seed, ...bent]).toEqual([seed, ...[...expected].sort((a, b) => a - b)]);
      found += breakpoints.length;
      model.dispose();
    }
    expect(found).toBeGreaterThan(200);
  });

  it('counts the breakpoints of its domain in the report, with a note', async () => {
    const model = tf.sequential({layers: [fold({depth: 3, inputShape: [4], name: 'mine'})]});
    const {total, notes} = await parameterReport(model);
    expect(total).toMatchObject({breakpoints: 4 * 9, liveBreakpoints: 36});
    expect(notes).toEqual([
      "layer mine: inputNorm 'fold' repeats its breakpoints without end; those on its domain are counted.",
    ]);
    model.dispose();
  });

  it.each([
    [2 ** 53, 2 ** 53 + 4, 'must be less than 2^40 domains from 0'],
    [0, 1e9, 'must pass at most 4000000 folds of a unit, but received 1000000000'],
  ])('refuses a segment from %d to %d', async (from, to, message) => {
    const model = tf.sequential({layers: [fold({depth: 2, inputShape: [1]})]});
    await expect(countLinearRegions(model, {from: [from], to: [to]})).rejects.toThrow(message);
    model.dispose();
  });

  it('has no upper bound of regions', async () => {
    const model = tf.sequential({layers: [fold({inputShape: [1], name: 'mine'})]});
    await expect(regionBounds(model)).rejects.toThrow(
      "layer mine: a bound needs finitely many breakpoints, but received inputNorm 'fold'",
    );
    model.dispose();
  });
});
