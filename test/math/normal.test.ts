import {erf, hazard, logTail, tail} from '../../src/math/normal';
import {expectation, gaussLegendre, normalRule} from '../../src/math/quadrature';

it.each([
  // Abramowitz and Stegun, tables 26.1 and 26.2, and 7.1
  [0, 0.5],
  [1, 0.158655253931457],
  [3, 0.00134989803163],
  [5, 2.86651571879e-7],
  [-1, 0.841344746068543],
])('P(z > %d) is %d', (x, expected) => {
  expect(tail(x) / expected).toBeCloseTo(1, 8);
});

it('goes over from the series to the fraction without a step', () => {
  expect(tail(3 - 1e-9) / tail(3 + 1e-9)).toBeCloseTo(1 + 2e-9 * hazard(3), 12);
});

it('keeps the logarithm where the tail underflows', () => {
  expect(logTail(40)).toBeCloseTo(-804.60844201, 7);
  expect(tail(40)).toBe(0);
  expect(logTail(-40)).toBe(-0);
  expect(hazard(1000)).toBeCloseTo(1000.001, 5);
});

it('has erf', () => {
  expect(erf(1)).toBeCloseTo(0.8427007929497149, 14);
  expect(erf(-0.5)).toBeCloseTo(-0.5204998778130465, 14);
});

it('integrates polynomials, and functions with kinks where they are cut', () => {
  const {nodes, weights} = gaussLegendre(5);
  expect(nodes.reduce((sum, x, i) => sum + weights[i] * x ** 8, 0)).toBeCloseTo(2 / 9, 14);
  expect(expectation((z) => z ** 6, normalRule())).toBeCloseTo(15, 11);
  expect(expectation((z) => Math.abs(z - 0.3), normalRule([0.3]))).toBeCloseTo(
    (2 * Math.exp(-0.045)) / Math.sqrt(2 * Math.PI) + 0.3 * (1 - 2 * tail(0.3)),
    14,
  );
});
