/** @slow */

import {analysis} from 'tfjs-piecewise';
import {randomWritten, type Slopes, type Written, withModel} from './models';

const {stablyUnactivated} = analysis;
type Args = analysis.StablyUnactivatedArgs;

const only = (written: Written, args: Args = {}, slopes?: Slopes) =>
  withModel(written, async (model) => (await stablyUnactivated(model, {layer: 'asked', ...args})).neurons[0], slopes);

const opposite = {a: [[1], [-1]], b: [1, 1], w: [-2, -3]};
const apart = {...opposite, b: [-1, -1]};
const nested = {a: [[1], [2]], b: [0, -2], w: [-3, 1]};
const wedge = {a: [[1, 0], [0, 1], [1, 1]], b: [0, 0, 1], w: [-2, -2, 1]}; // biome-ignore format: rows
const wide = {a: [[1, 0, 2], [0, 1, -1]], b: [0.3, -0.2], w: [-1, -0.5]}; // biome-ignore format: rows

const FIXTURES: [string, Written, number, 'dead' | 'alive'][] = [
  ['a constant above 0 may die', {...opposite, c: 1.5}, -2.5, 'dead'],
  ['just below 0', {...opposite, c: 3.9}, -0.1, 'dead'],
  ['just above 0', {...opposite, c: 4.1}, 0.1, 'alive'],
  ['all units off', {...apart, c: 1.5}, 1.5, 'alive'],
  ['all units off, below 0', {...apart, c: -0.1}, -0.1, 'dead'],
  ['a weight above 0', {...nested, c: -1}, -1, 'dead'],
  ['a weight that wins', {...nested, w: [-3, 2], c: -1}, Infinity, 'alive'],
  ['three units in the plane', {...wedge, c: -1.2}, -0.2, 'dead'],
  ['three units in the plane, above 0', {...wedge, c: -0.8}, 0.2, 'alive'],
  ['fewer units than inputs', {...wide, c: -0.1}, -0.1, 'dead'],
  ['fewer units than inputs, one rises', {...wide, w: [-1, 0.5], c: -0.1}, Infinity, 'alive'],
];

describe.each(FIXTURES)('%s', (_, written, supremum, verdict) => {
  it.each(['auto', 'closedForm', 'vertices', 'lp'] as const)('by %s', async (method) => {
    const neuron = await only(written, {method});
    expect(neuron.verdict).toBe(verdict);
    if (neuron.supremum === null) expect([method, verdict]).toEqual(['lp', 'alive']);
    else if (Number.isFinite(supremum)) expect(neuron.supremum).toBeCloseTo(supremum, 5);
    else expect(neuron.supremum).toBe('none');
    if (verdict === 'alive') expect(valueAt(written, neuron.witness!)).toBeGreaterThan(0);
    else expect(neuron.witness).toBeNull();
  });
});

function valueAt({a, b, w, c}: Written, x: number[], [negative, positive]: Slopes = [0, 1]): number {
  return a.reduce((sum, row, i) => {
    const z = row.reduce((total, number, j) => total + number * x[j], b[i]);
    return sum + w[i] * z * (z < 0 ? negative : positive);
  }, c);
}

/** Shapes with the number of instances: 1,000 in all. */
const SHAPES: [n0: number, n1: number, count: number][] = [
  [1, 1, 100],
  [1, 2, 150],
  [2, 2, 150],
  [2, 3, 150],
  [3, 2, 100],
  [1, 4, 100],
  [2, 5, 150],
  [3, 5, 100],
];

it.each(SHAPES)(
  'the methods agree on random neurons of %i inputs and %i units',
  async (n0, n1, count) => {
    const methods = n1 <= n0 + 1 ? (['closedForm', 'vertices', 'lp'] as const) : (['vertices', 'lp'] as const);
    const seen = {dead: 0, alive: 0, unknown: 0};
    for (let seed = 1; seed <= count; seed++) {
      const written = randomWritten(n0, n1, seed);
      const found = await withModel(written, (model) =>
        Promise.all(methods.map(async (method) => (await stablyUnactivated(model, {method})).neurons[0])),
      );
      seen[found[0].verdict]++;
      expect([seed, ...found.map(({verdict}) => verdict)]).toEqual([seed, ...methods.map(() => found[0].verdict)]);
      for (const {witness} of found) if (witness) expect(valueAt(written, witness)).toBeGreaterThan(0);
      if (found[0].verdict === 'dead') {
        for (const {supremum} of found) expect(supremum).toBeCloseTo(Number(found[0].supremum), 4);
      }
    }
    expect(seen.unknown).toBe(0);
    expect(seen.dead).toBeGreaterThan(count / 20);
    expect(seen.alive).toBeGreaterThan(count / 4);
  },
  60_000,
);

it.each([
  ['a box', {domain: {low: -1, high: 1}}, [0, 1]],
  ['a leak', {}, [0.05, 1]],
  ['a fold, in a box', {domain: {low: 0, high: 1}}, [-1, 1]],
] as [string, Args, Slopes][])('vertices and programs agree with %s', async (_, args, slopes) => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 60; seed++) {
    const written = randomWritten(2, 4, seed);
    const vertices = await only(written, {...args, method: 'vertices'}, slopes);
    const programs = await only(written, {...args, method: 'lp'}, slopes);
    expect([seed, programs.verdict]).toEqual([seed, vertices.verdict]);
    for (const {witness} of [vertices, programs]) {
      if (witness) expect(valueAt(written, witness, slopes)).toBeGreaterThan(0);
    }
    seen.add(vertices.verdict);
  }
  expect(seen).toEqual(new Set(['dead', 'alive']));
});
