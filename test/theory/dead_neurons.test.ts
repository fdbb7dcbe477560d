/** @slow */

import {theory} from 'tfjs-piecewise';

const {stablyUnactivatedProbability: probability, estimateStablyUnactivated: estimate} = theory;

it.each([
  [1, 1, 1n, 4n],
  [2, 1, 1n, 4n],
  [3, 3, 1n, 16n],
  [1, 2, 3n, 16n],
  [2, 3, 5n, 64n],
  [3, 4, 9n, 256n],
  [4, 5, 17n, 1024n],
  [5, 6, 33n, 4096n],
  [6, 7, 65n, 16384n],
])('the theorem for %i inputs and %i units: %i / %i', (n0, n1, numerator, denominator) => {
  const known = probability(n0, n1);
  expect(known.fraction).toEqual([Number(numerator), Number(denominator)]);
  expect(known.probability).toBe(Number(numerator) / Number(denominator));
  expect(known.exact).toBe(true);
});

it('beyond the theorem there are a lower bound and a conjectured one, and no number', () => {
  const expected = {probability: null, fraction: null, lowerBound: 5 / 64, exact: false, conjecturedLowerBound: 1 / 8};
  expect(probability(1, 3)).toEqual(expected);
});

it.each([
  [1, 3],
  [1, 5],
  [1, 32],
  [2, 4],
  [2, 10],
  [3, 5],
])(
  'the conjectured bound of %i inputs and %i units is below what is measured, and far above the proved one',
  (n0, n1) => {
    for (const distribution of ['normal', 'uniform'] as const) {
      const {interval, conjecturedLowerBound} = estimate({n0, n1, distribution, samples: 4000, seed: 4});
      expect(conjecturedLowerBound).toBe(2 ** -(2 * n0 + 1));
      expect(interval[0]).toBeGreaterThan(0.95 * conjecturedLowerBound!);
    }
  },
);

it('the conjectured bound is true where the theorem is', () => {
  for (let n0 = 1; n0 <= 20; n0++) {
    const {probability: known, conjecturedLowerBound} = probability(n0, n0 + 1);
    expect(known! > conjecturedLowerBound).toBe(true);
  }
});

/** Probabilities with their standard errors: the theorem, or longer runs of independent code. */
const RUNS: [object, number, number][] = [
  [{n0: 1, n1: 1}, 1 / 4, 0],
  [{n0: 1, n1: 2}, 3 / 16, 0],
  [{n0: 2, n1: 3}, 5 / 64, 0],
  [{n0: 3, n1: 4}, 9 / 256, 0],
  [{n0: 3, n1: 2}, 1 / 8, 0],
  [{n0: 2, n1: 3, distribution: 'uniform'}, 5 / 64, 0],
  [{n0: 1, n1: 3}, 0.160333, 0.00013],
  [{n0: 2, n1: 4}, 0.058408, 0.0001],
  [{n0: 3, n1: 5}, 0.023217, 0.0001],
  [{n0: 2, n1: 16}, 0.04208, 0.0002],
  [{n0: 1, n1: 3, distribution: 'uniform'}, 0.15937, 0.00013],
  [{n0: 1, n1: 1, domain: {low: -1, high: 1}}, 0.424, 0.0015],
  [{n0: 2, n1: 3, domain: {low: [0, 0], high: [1, 1]}}, 0.362, 0.0015],
  [{n0: 2, n1: 3, slopes: [0.01, 1]}, 0.016, 0.001],
  [{n0: 1, n1: 2, slopes: [-0.5, 1]}, 0.2376, 0.0015],
  [{n0: 2, n1: 2, slopes: [0, -2]}, 1 / 8, 0],
];

it.each(RUNS)('random neurons of %j are stably unactivated with probability %f', (args, expected, error) => {
  const samples = 20_000;
  const {probability, standardError, interval, dead, unknown} = estimate({...args, samples, seed: 2} as never);
  expect(probability).toBe(dead / samples);
  expect(Math.abs(probability - expected)).toBeLessThan(4 * Math.hypot(standardError, error));
  expect(interval[0]).toBeLessThan(probability);
  expect(interval[1]).toBeGreaterThan(probability);
  expect(unknown).toBe(0);
});

it('equal slopes of one sign never let a neuron die', () => {
  expect(estimate({n0: 2, n1: 2, slopes: [0.1, 1], samples: 2000, seed: 1}).dead).toBe(0);
});

it('more inputs make it less likely, more units only to a floor', () => {
  const of = (n0: number, n1: number) => estimate({n0, n1, samples: 20_000, seed: 3}).probability;
  expect(of(2, 5)).toBeLessThan(of(1, 5));
  expect(of(1, 16)).toBeGreaterThan(1 / 8);
});

it('the seed fixes the answer, and the theory stands beside it', () => {
  const args = {n0: 1, n1: 2, samples: 500};
  expect(estimate({...args, seed: 5})).toEqual(estimate({...args, seed: 5}));
  expect(estimate({...args, seed: 5}).dead).not.toBe(estimate({...args, seed: 6}).dead);
  expect(estimate({...args, seed: 5}).theory).toBe(3 / 16);
  expect(estimate({...args, seed: 5, domain: {low: 0, high: 1}}).theory).toBeNull();
  expect(estimate({...args, seed: 5, slopes: [0.1, 1]}).theory).toBeNull();
});

it.each([
  [() => probability(0, 2), 'stablyUnactivatedProbability: n0 must be an integer >= 1, but received 0'],
  [() => probability(2, 1.5), 'n1 must be an integer >= 1, but received 1.5'],
  [() => estimate({n0: 2, n1: 3} as never), 'seed must be an integer'],
  [() => estimate({n0: 2, n1: 3, seed: 1, samples: 0}), 'samples must be an integer >= 1'],
  [() => estimate({n0: 2, n1: 3, seed: 1, distribution: 'cauchy' as never}), "one of 'normal', 'uniform'"],
  [() => estimate({n0: 2, n1: 3, seed: 1, slopes: [0, Number.NaN]}), 'slopes[1] must be a finite number'],
  [() => estimate({n0: 2, n1: 3, seed: 1, domain: {low: 1, high: 1}}), 'low must be below domain.high'],
  [() => estimate({n0: 2, n1: 3, seed: 1, domain: {low: [0], high: 1}}), 'or 2 of them, one for each input'],
  [() => estimate({n0: 2, n1: 3, seed: 1, domain: 'box' as never}), "domain must be 'all' or {low, high}"],
  [() => estimate({n0: 10, n1: 40, seed: 1}), 'at most 200000 linear systems, but received 40 units of 10 inputs'],
])('refuses bad arguments: %#', (run, message) => {
  expect(run).toThrow(message);
});
