import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';
import {mulberry32} from '../support/random';
import {modelOf, randomNetwork} from './support/exact_network';
import {walk} from './support/exact_walk';

const {countLinearRegions} = analysis;

describe('equals an exact walk in rational numbers', () => {
  const seeds = (first: number, count: number) => Array.from({length: count}, (_, i) => first + i);

  async function compare(seed: number, inputs: number, coarse: boolean): Promise<number> {
    const network = randomNetwork(seed, inputs, coarse);
    const next = mulberry32(seed + 7);
    const end = () => Array.from({length: inputs}, () => Math.round(8 * next()) - 4);
    const from = end();
    const to = end().map((x, i) => (i === 0 && x === from[0] ? x + 3 : x));
    const model = modelOf(network);
    const actual = await countLinearRegions(model, {from, to});
    model.dispose();
    const expected = walk(network, from.map(BigInt), to.map(BigInt));
    expect([seed, actual.regions, actual.activationCells]).toEqual([seed, expected.regions, expected.activationCells]);
    actual.breakpoints.forEach((t, i) => {
      expect(t).toBeCloseTo(expected.breakpoints[i], 12);
    });
    return actual.activationCells;
  }

  it.each([
    [1, false],
    [2, false],
    [3, false],
    [1, true],
    [2, true],
    [5, true],
  ])('of 100 random networks of %i inputs (weights of few sizes: %p)', async (inputs, coarse) => {
    let cells = 0;
    for (const seed of seeds(1000 * inputs, 100)) cells += await compare(seed, inputs, coarse);
    expect(cells).toBeGreaterThan(200);
  });
});

describe('triangleWave', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('of depth %i has exactly 2^depth regions', async (depth) => {
    for (const curvature of ['convex', 'concave'] as const) {
      for (const seed of [1, 2, 3]) {
        const layer = layers.triangleWave({depth, curvature, seed, inputShape: [1]});
        const model = tf.sequential({layers: [layer]});
        const {regions, activationCells} = await countLinearRegions(model, {from: [0], to: [1]});
        expect([regions, activationCells]).toEqual([2 ** depth, 2 ** depth]);
        model.dispose();
      }
    }
  });
});
