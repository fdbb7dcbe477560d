import {minimize} from '../../math/minimize';
import {logTail} from '../../math/normal';
import {expectation, normalRule} from '../../math/quadrature';
import type {OverlapMap} from './overlap_map';

const RULE = normalRule([], 10);
/** Of the parameters: the capacity, which is flat there, is then exact to 1e-8. */
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

/** The bound of one step of replica-symmetry breaking for clusters of ratio c and mutual overlap q. */
function bound(c: number, q: number, map: OverlapMap): number {
  const Q = map.at(q);
  const lambda = c / map.slopeAtOne;
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
  const best = (q: number) => minimize((logC) => bound(Math.exp(logC), q, map), -4, 8, 24, PRECISION);
  const {at: overlap, value} = minimize((q) => best(q).value, 0, 0.99, 20, PRECISION);
  // The grid sees the end q = 0, where the least often lies; golden sections only come near it.
  const q = best(0).value <= value ? 0 : overlap;
  const {at, value: least} = best(q);
  const symmetric = 2 * map.slopeAtOne; // the limit of ratio 0
  if (symmetric <= least) return {capacity: symmetric, ratio: 0, overlap: q};
  return {capacity: least, ratio: Math.exp(at), overlap: q};
}
