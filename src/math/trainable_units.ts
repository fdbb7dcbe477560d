import {PAIR_STREAM, randomPermutation} from './random';

/** The units of a ReLU pair that own two trainable slopes, `round(fraction * units)` in ascending order; null for all. */
export function trainableUnits(units: number, fraction: number, seed: number): Int32Array | null {
  const count = Math.round(fraction * units);
  return count === units ? null : randomPermutation(units, seed, PAIR_STREAM).slice(0, count).sort();
}
