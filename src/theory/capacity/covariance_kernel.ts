import {fail} from '../../errors';
import {type Resolved, resolve} from '../../math/resolved';

const TERMS = 2048;

/** The kernel of any function that has a second moment, as has its derivative. */
export function hermiteKernel(
  f: (z: number) => number,
  kinks: readonly number[] = [],
  who = 'activationKernel',
): CovarianceKernel {
  const resolved = resolve(f, kinks);
  if ('problem' in resolved) {
    const fix = 'It is averaged over a normal z; name the places where it jumps: {f, kinks: [0]}.';
    fail(who, resolved.problem, `trouble at z = ${Number(resolved.at.toPrecision(6))}`, fix);
  }
  const {weights, values, slopes, jump} = resolved;
  const mean = values.reduce((sum, value, i) => sum + weights[i] * value, 0);
  const centered = values.map((value) => value - mean);
  const variance = centered.reduce((sum, value, i) => sum + weights[i] * value * value, 0);
  if (values.every((value) => value === 0) || variance <= 1e-16 * mean ** 2) refuseConstant(who);
  const coefficients = hermiteCoefficients(resolved, centered);
  const squares = coefficients.map((a) => a * a);
  const derivatives = squares.map((square, i) => (i + 1) * square);
  const slopeAtOne = jump === null ? slopes.reduce((sum, slope, i) => sum + weights[i] * slope * slope, 0) : Infinity;
  return {
    covariance: (q) => (q === 1 ? variance : horner(squares, q) * q),
    slope: (q) => (q === 1 ? slopeAtOne : horner(derivatives, q)),
    variance,
    linear: squares[0],
    curvature: 2 * (squares[1] ?? 0),
    slopeAtOne,
  };
}

/** @throws Always: what does not change with its input learns nothing. */
export function refuseConstant(who: string): never {
  fail(who, 'an activation must not be constant', 'one without variance', 'A unit must answer to its inputs.');
}

/** a_n = E f(z) He_n(z) / sqrt(n!) for n = 1 .. TERMS, by the three-term recursion; what is 0 at the end is left out. */
function hermiteCoefficients({points, weights}: Resolved, values: Float64Array): Float64Array {
  const coefficients = new Float64Array(TERMS);
  const roots = Float64Array.from({length: TERMS + 2}, (_, n) => Math.sqrt(n));
  for (let i = 0; i < points.length; i++) {
    const z = points[i];
    const weighted = weights[i] * values[i];
    let [before, value] = [1, z];
    for (let n = 1; n <= TERMS; n++) {
      coefficients[n - 1] += weighted * value;
      [before, value] = [value, (z * value - roots[n] * before) / roots[n + 1]];
    }
  }
  // What rounding leaves of a coefficient that is 0 by symmetry would turn a jump into a continuous change.
  const largest = coefficients.reduce((max, a) => Math.max(max, Math.abs(a)), 0);
  const own = coefficients.map((a) => (Math.abs(a) < 1e-12 * largest ? 0 : a));
  return own.slice(
    0,
    own.reduce((end, a, i) => (a === 0 ? end : i + 1), 0),
  );
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
