import {minimize} from '../../math/minimize';
import {hazard, logTail} from '../../math/normal';
import {expectation, normalRule} from '../../math/quadrature';
import type {OverlapMap} from './overlap_map';

const RULE = normalRule([], 10);

const spread = (Q: number) => Math.sqrt(Q / (1 - Q));

/** Int Dt ln H(-sqrt(Q / (1 - Q)) t): the loss of entropy by one pattern. */
export function energy(Q: number): number {
  const width = spread(Q);
  return expectation((t) => logTail(-width * t), RULE);
}

/** 1/2 (ln(1 - q) + q / (1 - q)): what an overlap costs; a series where the two terms cancel. */
export function overlapEntropy(q: number): number {
  return q < 1e-4 ? q ** 2 / 4 + q ** 3 / 3 : 0.5 * (Math.log1p(-q) + q / (1 - q));
}

/** The load, patterns per weight, at which the replica-symmetric solution has the overlap q. */
export function loadAt(q: number, map: OverlapMap): number {
  const Q = map.at(q);
  const width = spread(Q);
  const force = expectation((t) => hazard(width * t) ** 2, RULE);
  return (q / (1 - q) ** 2) * ((1 - Q) / (map.slope(q) * force));
}

/** The load at which a solution of overlap q weighs as much as the permutation-symmetric one, of overlap 0. */
export function equalLoadAt(q: number, map: OverlapMap): number {
  return overlapEntropy(q) / -(energy(map.at(q)) + Math.LN2);
}

/** alpha_RS = Q'(1) / Int_{-m}^inf Dt (t + m)^2, m the margin in units of the output's standard deviation. */
export function symmetricCapacity(map: OverlapMap, margin: number): number {
  const m = margin / Math.sqrt(map.variance);
  const density = Math.exp(-0.5 * m * m) / Math.sqrt(2 * Math.PI);
  return map.slopeAtOne / ((1 + m * m) * Math.exp(logTail(-m)) + m * density);
}

/** Precision of the parameters: the capacity, which is flat there, is then exact to 1e-8. */
const PRECISION = 1e-4;

export interface OneStepCapacity {
  capacity: number;
  /** Ratio of the two scales of the solution, (block size) / (1 - overlap within a cluster). */
  ratio: number;
  /** Overlap of solutions of different clusters. */
  overlap: number;
}

/** ln(e^a + e^b). */
function logSum(a: number, b: number): number {
  return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** The bound of one step of replica-symmetry breaking for clusters of ratio c and mutual overlap q, of the outputs Q. */
function bound(c: number, q: number, Q: number, slopeAtOne: number): number {
  const lambda = c / slopeAtOne;
  const scale = Math.sqrt(1 - Q);
  const A = 1 + lambda * (1 - Q);
  const logI = (y: number) =>
    logSum(logTail(-y / scale), (-lambda * y * y) / (2 * A) - 0.5 * Math.log(A) + logTail(y / (scale * Math.sqrt(A))));
  const width = Math.sqrt(Q);
  const inner = 1 + c * (1 - q);
  return (-0.5 * (Math.log(inner) + (c * q) / inner)) / expectation((t) => logI(width * t), RULE);
}

/** alpha_1RSB: the least of the bounds. */
export function oneStepCapacity(map: OverlapMap): OneStepCapacity {
  // The best ratio grows a little faster than the slope: 17 for ReLU, 5300 for erf(100 z) with its slope of 64.
  const high = 8 + 1.2 * Math.log(Math.max(1, map.slopeAtOne));
  const steps = Math.ceil(2 * (high + 4));
  const best = (q: number) => {
    const Q = map.at(q);
    return minimize((logC) => bound(Math.exp(logC), q, Q, map.slopeAtOne), -4, high, steps, PRECISION);
  };
  const {at: overlap, value} = minimize((q) => best(q).value, 0, 0.99, 20, PRECISION);
  // The grid sees the end q = 0, where the least often lies; golden sections only come near it.
  const q = best(0).value <= value ? 0 : overlap;
  const {at, value: least} = best(q);
  const symmetric = 2 * map.slopeAtOne; // the limit of ratio 0
  if (symmetric <= least) return {capacity: symmetric, ratio: 0, overlap: q};
  return {capacity: least, ratio: Math.exp(at), overlap: q};
}
