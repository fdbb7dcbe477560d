import * as pw from 'tfjs-piecewise';

const {coverProbability} = pw.theory;

it.each([
  [15, 10, 0.910217],
  [25, 10, 0.153728],
  [90, 50, 0.855452],
  [110, 50, 0.169093],
])('%i patterns of %i inputs are separable with probability %d', (patterns, inputs, expected) => {
  expect(coverProbability(patterns, inputs)).toBeCloseTo(expected, 6);
});

it('is exactly 1/2 at twice as many patterns as inputs, and 1 up to as many', () => {
  for (const inputs of [1, 10, 50, 1000]) {
    expect(coverProbability(2 * inputs, inputs)).toBe(0.5);
    expect(coverProbability(inputs, inputs)).toBe(1);
  }
  expect(coverProbability(11, 10)).toBe(1 - 2 ** -10);
});

it('counts the dichotomies of few points in the plane', () => {
  // 2 P labelings of P points in the plane are separable by lines through the origin.
  for (let patterns = 2; patterns < 20; patterns++) {
    expect(coverProbability(patterns, 2)).toBe((2 * patterns) / 2 ** patterns);
  }
});

it('goes on by logarithms where integers would be too long', () => {
  expect(coverProbability(2_000_000, 1_000_000)).toBeCloseTo(0.5, 8);
  // The same number both ways: (P, N) is exact at P = 4097, and its recurrence leads on.
  const p = (patterns: number, inputs: number) => coverProbability(patterns, inputs);
  expect(p(4098, 2000)).toBeCloseTo((p(4097, 2000) + p(4097, 1999)) / 2, 10);
  expect(p(4098, 2100) + p(4098, 1998)).toBeCloseTo(1, 10);
});

it('refuses numbers that count nothing', () => {
  expect(() => coverProbability(0, 1)).toThrow('coverProbability: patterns must be an integer >= 1, but received 0');
  expect(() => coverProbability(2, 1.5)).toThrow('inputs must be an integer >= 1, but received 1.5');
});
