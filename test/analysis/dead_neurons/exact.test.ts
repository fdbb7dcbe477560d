import {analysis} from 'tfjs-piecewise';
import {mulberry32} from '../../support/random';
import {type Written, withModel} from './models';

const {stablyUnactivated} = analysis;
type Args = analysis.StablyUnactivatedArgs;

/** A double as a fraction over a power of 2 that all weights here share. */
const whole = (x: number): bigint => {
  let [digits, shift] = [x, 0];
  while (!Number.isInteger(digits)) [digits, shift] = [digits * 2, shift + 1];
  return BigInt(digits) << BigInt(SHARED - shift);
};
const SHARED = 120;

interface Fraction {
  n: bigint;
  d: bigint; // above 0
}

const isLess = (a: Fraction, b: Fraction) => a.n * b.d < b.n * a.d;

/** The supremum of a neuron of one input by all its kinks and both rays, in fractions; null if there is none. */
function supremum({a, b, w, c}: Written, box: [number, number] | null): Fraction | null {
  const [one, rows, offsets, weights] = [1n << BigInt(SHARED), a.map(([x]) => whole(x)), b.map(whole), w.map(whole)];
  const at = ({n, d}: Fraction): Fraction => {
    const z = rows.map((row, i) => row * n + offsets[i] * d); // in units of 1 / (one d)
    const sum = z.reduce((total, value, i) => (value > 0n ? total + weights[i] * value : total), whole(c) * one * d);
    return {n: sum, d: one * one * d};
  };
  const kinks = rows.flatMap((row, i) =>
    row === 0n ? [] : [row > 0n ? {n: -offsets[i], d: row} : {n: offsets[i], d: -row}],
  );
  const ends = (box ?? []).map((end) => ({n: whole(end), d: one}));
  if (!box) {
    for (const side of [1n, -1n]) {
      const slope = rows.reduce((sum, row, i) => (row * side > 0n ? sum + weights[i] * row * side : sum), 0n);
      if (slope > 0n) return null;
    }
  }
  const inside = kinks.filter((kink) => !box || (!isLess(kink, ends[0]) && !isLess(ends[1], kink)));
  return [...inside, ...ends].map(at).reduce((best, value) => (isLess(best, value) ? value : best));
}

/** Weights in float32 of sizes over 12 decades, often such that terms cancel. */
function wild(units: number, seed: number): Written {
  const next = mulberry32(seed);
  const number = () => Math.fround((next() - 0.5) * 10 ** (12 * next() - 6));
  const w = Array.from({length: units}, (_, i) => (i > 0 && seed % 3 > 0 ? -Math.abs(number()) : number()));
  return {a: w.map(() => [number()]), b: w.map(number), w, c: seed % 2 ? number() : -Math.abs(number())};
}

const CASES: [string, Args, [number, number] | null][] = [
  ['all of space', {}, null],
  ['all of space, by programs', {method: 'lp'}, null],
  ['all of space, by vertices', {method: 'vertices'}, null],
  ['a box', {domain: {low: -1.5, high: 2.25}}, [-1.5, 2.25]],
  ['a box, by programs', {domain: {low: -1.5, high: 2.25}, method: 'lp'}, [-1.5, 2.25]],
];

it.each(CASES)('weights over 12 decades on %s: verdict and supremum as in fractions', async (_, args, box) => {
  const seen = {dead: 0, alive: 0, unknown: 0};
  for (let seed = 1; seed <= 60; seed++) {
    const written = wild(1 + (seed % 5), seed);
    const truth = supremum(written, box);
    const neuron = await withModel(written, async (model) => (await stablyUnactivated(model, args)).neurons[0]);
    seen[neuron.verdict]++;
    const expected = truth === null ? 'none' : Number((truth.n << 200n) / truth.d) / 2 ** 200;
    if (typeof expected === 'number' && typeof neuron.supremum === 'number') {
      expect(Math.abs(neuron.supremum - expected)).toBeLessThanOrEqual(1e-14 * Math.abs(expected));
    } else expect([seed, neuron.supremum]).toEqual([seed, expected]);
    const sign = truth === null || truth.n > 0n ? 'alive' : truth.n < 0n ? 'dead' : 'unknown';
    if (neuron.verdict !== 'unknown') expect([seed, neuron.verdict]).toEqual([seed, sign]);
  }
  expect(seen.unknown).toBeLessThan(6); // their value is less than the rounding of their terms
  expect(seen.dead).toBeGreaterThan(8);
  expect(seen.alive).toBeGreaterThan(8);
});
