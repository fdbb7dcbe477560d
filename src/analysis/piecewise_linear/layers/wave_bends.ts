/** By how much a sum of waves bends: from peaks and scales, because the slopes beside a kink may be the same in doubles. */

/** A sum that is less than this share of its terms is 0, up to rounding. */
const ROUNDING = 2 ** -48;

/** Peaks a_i as `rise`, 1 - a_i as `fall`, i = 0 .. depth; scales s_i, i = 0 .. depth - 1. */
export interface Levels {
  readonly rise: readonly number[];
  readonly fall: readonly number[];
  readonly scales: readonly number[];
}

/**
 * For each level i the factor by which the jumps of the slope of W_i are multiplied in the sum of waves:
 * `s_i - (s_(i+1) + s_(i+2) / a_(i+2) + s_(i+3) / (a_(i+2) a_(i+3)) + ...) / (1 - a_(i+1))`, because W_(i+1) falls on
 * either side of a kink of W_i, and all later waves rise from 0. It is 0 if the level does not bend the sum.
 */
export function bendFactors({rise, fall, scales}: Levels, tied: boolean): number[] {
  if (tied) {
    // By s_(i+1) = s_i (1 - a_(i+1)) a_(i+2) it is s_i (1 - a_(i+2)) ... (1 - a_depth): never 0.
    return scales.map((s, i) => fall.slice(i + 2).reduce((product, b) => product * b, s));
  }
  const factors: number[] = [];
  let [later, terms] = [0, 0];
  for (let i = scales.length - 1; i >= 0; i--) {
    const factor = scales[i] - later / fall[i + 1];
    const size = Math.abs(scales[i]) + terms / fall[i + 1];
    factors[i] = Math.abs(factor) <= ROUNDING * size ? 0 : factor;
    later = scales[i] + later / rise[i + 1];
    terms = Math.abs(scales[i]) + terms / rise[i + 1];
  }
  return factors;
}

/**
 * The slope at 0 of `slope * u + sum_i s_i W_i(u)` if the scales are tied and s_0 = -slope a_0 a_1, where the base line
 * cancels all but `slope (1 - a_1) ... (1 - a_depth)` of it.
 */
export function flatStart(slope: number, {fall}: Levels): number {
  return fall.slice(1).reduce((product, b) => product * b, slope);
}
