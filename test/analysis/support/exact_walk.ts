import {dot, type ExactNetwork, type Form, pieceAt} from './exact_network';

export interface ExactCount {
  regions: number;
  activationCells: number;
  breakpoints: number[];
}

/** Walks along a segment of integer points from one breakpoint to the next one, in rational arithmetic. */
export function walk(network: ExactNetwork, from: bigint[], to: bigint[]): ExactCount {
  const direction = to.map((x, i) => x - from[i]);
  let [p, q] = [0n, 1n]; // at t = p / q
  let before: bigint[] | null = null;
  const result: ExactCount = {regions: 1, activationCells: 0, breakpoints: []};
  for (;;) {
    const point = [...from.map((x, i) => x * q + direction[i] * p), q];
    const {units, output} = pieceAt(network, point, direction);
    const slopes = output.map((form) => dot(form.slice(0, -1), direction));
    if (before && slopes.some((slope, i) => slope !== before![i])) {
      result.regions++;
      result.breakpoints.push(Number((p * 10n ** 17n) / q) / 1e17);
    }
    before = slopes;
    result.activationCells++;
    const next = nextZero(units, from, direction, [p, q]);
    if (next === null) return result;
    [p, q] = next;
  }
}

/** The smallest t after the current one, and before 1, at which a unit is 0. */
function nextZero(units: Form[], from: bigint[], direction: bigint[], [p, q]: [bigint, bigint]) {
  let best: [bigint, bigint] | null = null;
  for (const form of units) {
    const slope = dot(form.slice(0, -1), direction);
    const start = dot(form, [...from, 1n]);
    if (slope === 0n) continue;
    const [n, d] = slope < 0n ? [start, -slope] : [-start, slope];
    if (n * q > p * d && n < d && (best === null || n * best[1] < best[0] * d)) best = [n, d];
  }
  return best;
}
