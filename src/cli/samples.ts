import {fail} from '../errors';
import {randomBits} from '../math/random';

/** Where a model is looked at. */
export interface Samples {
  /** Draws samples that differ. */
  draw(count: number): number[][];
  /** Samples, at most so many. */
  some(count: number): number[][];
  /** The range of each input. */
  ranges: (readonly [low: number, high: number])[];
}

/** The rows of a data set. */
export function samplesOf(rows: readonly number[][], seed: number): Samples {
  const random = uniform(seed);
  const different = [...new Map(rows.map((row) => [row.join(), row])).values()];
  return {
    ranges: rows[0].map((_, column) => rangeOf(rows.map((row) => row[column]))),
    draw: (count) => {
      if (different.length < count) {
        fail('report', `--data must have ${count} different lines`, `${different.length}`, 'Add samples.');
      }
      const chosen = new Set<number[]>();
      while (chosen.size < count) chosen.add(different[Math.floor(random() * different.length)]);
      return [...chosen];
    },
    some: (count) => {
      const n = Math.min(count, rows.length);
      return Array.from({length: n}, (_, i) => rows[Math.floor((i * rows.length) / n)]);
    },
  };
}

/** Points with coordinates from -1 to 1. */
export function randomSamples(size: number, seed: number): Samples {
  const random = uniform(seed);
  const point = () => Array.from({length: size}, () => 2 * random() - 1);
  return {
    ranges: new Array(size).fill([-1, 1]),
    draw: (count) => Array.from({length: count}, point),
    some: (count) => Array.from({length: count}, point),
  };
}

/** A twentieth wider on both sides than the values; something around a constant. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((min, value) => Math.min(min, value), Infinity);
  const high = values.reduce((max, value) => Math.max(max, value), -Infinity);
  const margin = low === high ? Math.max(1, Math.abs(low)) : (high - low) / 20;
  return [low - margin, high + margin];
}

/** Numbers from 0 to 1, always the same of a seed. */
function uniform(seed: number): () => number {
  const bits = randomBits(seed);
  let index = 0;
  return () => bits(index++) / 2 ** 32;
}
