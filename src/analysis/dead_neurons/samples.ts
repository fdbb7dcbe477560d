import {normalNumbers, uniformNumbers} from '../../math/random';
import {boxOf, type Intervals} from './interval_bounds';
import type {Domain} from './neuron';

/** Points of a box, the same each time, `rows` at a time from row `first` on. */
export interface Source {
  readonly box: Intervals;
  points(first: number, rows: number): Float64Array;
}

/** Points of a domain; of all of space, normal ones at distances from 1 to 1,000 times. */
export function sourcesOf(domain: Domain, inputs: number): Source[] {
  if (domain !== 'all') {
    const {low, high} = domain;
    const numbers = uniformNumbers(1);
    const between = (k: number) => {
      const i = k % inputs;
      return Math.min(high[i], Math.max(low[i], low[i] + ((numbers(k) + 1) / 2) * (high[i] - low[i])));
    };
    return [{box: boxOf(low, high), points: (first, rows) => numbered(first, rows, inputs, between)}];
  }
  return [1, 10, 100, 1000].map((scale, seed) => {
    const numbers = normalNumbers(seed + 1);
    const at = (k: number) => scale * Math.min(FAR, Math.max(-FAR, numbers(k)));
    return {box: cube(inputs, scale * FAR), points: (first, rows) => numbered(first, rows, inputs, at)};
  });
}

/** Normal numbers are hardly ever farther from 0. */
const FAR = 6;

/** No sample of all of space has a larger number. */
export const FARTHEST = 1000 * FAR;

export function cube(inputs: number, half: number): Intervals {
  return boxOf(new Float64Array(inputs).fill(-half), new Float64Array(inputs).fill(half));
}

function numbered(first: number, rows: number, inputs: number, numbers: (k: number) => number): Float64Array {
  return Float64Array.from({length: rows * inputs}, (_, k) => numbers(first * inputs + k));
}
