import {LARGEST} from './cell';
import {type InputColumn, widthOf} from './columns';
import type {Table} from './read_table';

/** Mean and variance of each input; 0 and 1 for those of categories. */
export interface Moments {
  mean: Float32Array;
  variance: Float32Array;
}

/**
 * Means and variances of the numbers in some rows, over the cells that are not missing. A column without a spread there has
 * variance 1; one of which float32 cannot hold the variance has NaN.
 */
export function momentsOf({columns, inputs, x}: Table, rows: Int32Array): Moments {
  const mean = new Float32Array(inputs);
  const variance = new Float32Array(inputs).fill(1);
  for (const input of numberInputs(columns)) {
    let [count, sum, squares] = [0, 0, 0];
    // Welford's sums: a difference of two large numbers would lose the spread of columns far from 0.
    for (const row of rows) {
      const value = x[row * inputs + input];
      if (Number.isNaN(value)) continue;
      count++;
      const step = value - sum;
      sum += step / count;
      squares += step * (value - sum);
    }
    mean[input] = sum;
    const spread = squares / count;
    if (spread > 0) variance[input] = isVariance(spread) ? spread : Number.NaN;
  }
  return {mean, variance};
}

const SMALLEST = 2 ** -126;

/** Whether float32 holds a number and does not round its digits away. */
export const isVariance = (value: number): boolean => value >= SMALLEST && value <= LARGEST;

/** Columns that have no variance in float32. */
export function columnsBeyondFloat32({columns}: Table, {variance}: Moments): string[] {
  let first = 0;
  return columns.flatMap((column) => {
    first += widthOf(column);
    return Number.isNaN(variance[first - widthOf(column)]) ? [column.name] : [];
  });
}

/** The columns with the means that stand for what is missing. */
export function withMeans(columns: readonly InputColumn[], {mean}: Moments): InputColumn[] {
  let first = 0;
  return columns.map((column) => {
    const filled = column.kind === 'number' ? {...column, mean: mean[first]} : column;
    first += widthOf(column);
    return filled;
  });
}

/** Brings the inputs of all rows to mean 0 and variance 1, in place; what is missing becomes 0, the mean. */
export function standardize({x, inputs}: Table, {mean, variance}: Moments): void {
  const deviation = variance.map(Math.sqrt);
  for (let i = 0; i < x.length; i++) {
    const input = i % inputs;
    x[i] = Number.isNaN(x[i]) ? 0 : Math.fround(x[i] - mean[input]) / deviation[input];
  }
}

/** Columns so far from 0 for their spread that float32 keeps less than a thousandth of it. */
export function coarseColumns({columns}: Table, {mean, variance}: Moments): string[] {
  let first = 0;
  const coarse: string[] = [];
  for (const column of columns) {
    if (Math.abs(mean[first]) * 2 ** -24 > 1e-3 * Math.sqrt(variance[first])) coarse.push(column.name);
    first += widthOf(column);
  }
  return coarse;
}

function numberInputs(columns: readonly InputColumn[]): number[] {
  let first = 0;
  return columns.flatMap((column) => {
    const input = first;
    first += widthOf(column);
    return column.kind === 'number' ? [input] : [];
  });
}
