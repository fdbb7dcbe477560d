import {assign} from '../../src/math/assignment';
import {uniform} from '../support/random';

const total = (costs: ArrayLike<number>, n: number, columns: ArrayLike<number>) =>
  Array.from(columns).reduce((sum, column, row) => sum + costs[row * n + column], 0);

/** The least cost of all permutations. */
function least(costs: ArrayLike<number>, n: number, row = 0, taken = 0): number {
  if (row === n) return 0;
  let best = Infinity;
  for (let column = 0; column < n; column++) {
    if ((taken >> column) & 1) continue;
    best = Math.min(best, costs[row * n + column] + least(costs, n, row + 1, taken | (1 << column)));
  }
  return best;
}

it('finds the least cost of all permutations', () => {
  for (let seed = 0; seed < 200; seed++) {
    const n = 1 + (seed % 7);
    const costs = uniform(n * n, seed, -1, 1);
    const columns = assign(costs, n);
    expect([...columns].sort()).toEqual(Array.from({length: n}, (_, i) => i));
    expect(total(costs, n, columns)).toBeCloseTo(least(costs, n), 6);
  }
});

it('finds a hidden permutation of 300 rows', () => {
  const n = 300;
  const costs = uniform(n * n, 1, 0.1, 1);
  const hidden = Array.from({length: n}, (_, i) => (i * 7 + 3) % n);
  hidden.forEach((column, row) => {
    costs[row * n + column] = 0;
  });
  expect([...assign(costs, n)]).toEqual(hidden);
});

it('takes ties, and a matrix of no rows', () => {
  expect([...assign(new Float64Array(9), 3)].sort()).toEqual([0, 1, 2]);
  expect(assign([], 0)).toHaveLength(0);
});
