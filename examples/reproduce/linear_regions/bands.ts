import {BANDS} from './paper';
import type {Cell} from './table';

export interface Summary {
  min: number;
  median: number;
  mean: number;
}

export function summary(values: number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return {
    min: sorted[0],
    median: sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
  };
}

export interface BandRow extends Summary {
  target: string;
  /** Number of the group of seeds, from 1. */
  group: number;
  /** How many times the least error is under that of the default start. */
  gain: number;
  wantedGain: number;
  /** The errors alone: the gain hangs on one lucky run of the default start. */
  inBands: boolean;
}

/** Each disjoint group of `size` seeds of the tied method against its bands. */
export function checkBands(cells: Cell[], size: number): BandRow[] {
  return Object.entries(BANDS).flatMap(([target, band]) => {
    const errorsBy = (method: string) =>
      cells.find((cell) => cell.target === target && cell.method === method)?.errors ?? [];
    const [tied, plain] = [errorsBy('tied'), errorsBy('default')];
    return Array.from({length: Math.floor(tied.length / size)}, (_, i) => {
      const group = summary(tied.slice(i * size, (i + 1) * size));
      const gain = summary(plain.slice(i * size, (i + 1) * size)).min / group.min;
      const inBands = (['min', 'median', 'mean'] as const).every((key) => group[key] <= band[key]);
      return {target, group: i + 1, ...group, gain, wantedGain: band.gain, inBands};
    });
  });
}
