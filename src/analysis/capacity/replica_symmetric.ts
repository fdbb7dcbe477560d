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
