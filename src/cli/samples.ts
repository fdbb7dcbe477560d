import {fail} from '../errors';
import {randomBits} from '../math/random';
import {tableName} from './data/text_file';
import type {InputBox} from './input_box';
import type {Rows} from './rows';

/** Where a model is looked at. */
export interface Samples {
  /** In words. */
  about: string;
  /** Draws samples that differ. */
  draw(count: number): number[][];
  /** Samples, at most so many. */
  some(count: number): number[][];
  /** The range of each input. */
  ranges: readonly (readonly [low: number, high: number])[];
}

/** The rows of a data set. */
export function samplesOf({x, count}: Pick<Rows, 'x' | 'count'>, path: string, seed: number): Samples {
  const random = uniform(seed);
  const inputs = x.length / count;
  const rows = Array.from({length: count}, (_, row) => [...x.subarray(row * inputs, (row + 1) * inputs)]);
  const different = [...new Map(rows.map((row) => [row.join(), row])).values()];
  return {
    about: `samples of ${tableName(path)}`,
    ranges: rows[0].map((_, column) => rangeOf(rows.map((row) => row[column]))),
    draw: (count) => {
      if (different.length < count) {
        fail('report', `--data must have ${count} different rows`, different.length, 'Add rows.');
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

/** Points of a box. */
export function randomSamples({about, ranges, words}: InputBox, seed: number): Samples {
  const random = uniform(seed);
  const point = () => {
    const values = ranges.map(([low, high]) => low + (high - low) * random());
    for (const {first, count} of words) {
      values.fill(0, first, first + count);
      values[first + Math.floor(random() * count)] = 1;
    }
    return values;
  };
  return {
    about,
    ranges,
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
