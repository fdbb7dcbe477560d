import {fail} from '../../errors';
import {expectation, normalRule} from '../../math/quadrature';

const TERMS = 256;
/** Step of the derivatives: all four points lie between two cuts of the rule. */
const STEP = 5e-4;
const JUMP = 1e-6;

/** The kernel of any function that is smooth between its kinks. */
export function hermiteKernel(f: (z: number) => number, kinks: readonly number[] = []): CovarianceKernel {
  const rule = normalRule(kinks);
  const mean = expectation(f, rule);
  const variance = expectation((z) => (f(z) - mean) ** 2, rule);
  const derivative = (z: number) =>
    (8 * (f(z + STEP) - f(z - STEP)) - (f(z + 2 * STEP) - f(z - 2 * STEP))) / (12 * STEP);
  const jumps = kinks.some((kink) => Math.abs(f(kink + 1e-9) - f(kink - 1e-9)) > JUMP);
  const slopeAtOne = jumps ? Infinity : expectation((z) => derivative(z) ** 2, rule);
  if (!Number.isFinite(variance) || Number.isNaN(slopeAtOne)) {
    fail(
      'activationKernel',
      'f must be finite on [-12, 12]',
      `variance ${variance}`,
      'It is averaged over a normal z.',
    );
  }
  const squares = hermiteCoefficients((z) => f(z) - mean, kinks).map((a) => a * a);
  const slopes = squares.map((square, i) => (i + 1) * square);
  return {
    covariance: (q) => (q === 1 ? variance : horner(squares, q) * q),
    slope: (q) => (q === 1 ? slopeAtOne : horner(slopes, q)),
    variance,
    linear: squares[0],
    curvature: 2 * squares[1],
    slopeAtOne,
  };
}

/** a_n = E f(z) He_n(z) / sqrt(n!) for n = 1 .. TERMS, by the three-term recursion. */
function hermiteCoefficients(f: (z: number) => number, kinks: readonly number[]): Float64Array {
  const {points, weights} = normalRule(kinks);
  const coefficients = new Float64Array(TERMS);
  for (let i = 0; i < points.length; i++) {
    const z = points[i];
    const weighted = weights[i] * f(z);
    let [before, value] = [1, z];
    for (let n = 1; n <= TERMS; n++) {
      coefficients[n - 1] += weighted * value;
      [before, value] = [value, (z * value - Math.sqrt(n) * before) / Math.sqrt(n + 1)];
    }
  }
  // What rounding leaves of a coefficient that is 0 by symmetry would turn a jump into a continuous change.
  const largest = coefficients.reduce((max, a) => Math.max(max, Math.abs(a)), 0);
  return coefficients.map((a) => (Math.abs(a) < 1e-12 * largest ? 0 : a));
}

/** c_0 + c_1 q + c_2 q^2 + ... */
function horner(coefficients: Float64Array, q: number): number {
  let sum = 0;
  for (let n = coefficients.length - 1; n >= 0; n--) sum = sum * q + coefficients[n];
  return sum;
}

/** kappa(q) = Cov(f(u), f(v)) for standard normal u and v of correlation q, and what the theory reads off it. */
export interface CovarianceKernel {
  /** kappa(q): covariance of f at two standard normal numbers of correlation q. */
  covariance(q: number): number;
  /** kappa'(q). */
  slope(q: number): number;
  /** kappa(1) = Var f(z). */
  variance: number;
  /** kappa'(0) = (E f'(z))^2: the linear part of f. */
  linear: number;
  /** kappa''(0) = (E f''(z))^2. */
  curvature: number;
  /** kappa'(1) = E f'(z)^2; Infinity if f jumps. */
  slopeAtOne: number;
}
