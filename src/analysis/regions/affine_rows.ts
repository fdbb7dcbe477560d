/**
 * Rows of numbers through an affine map, cheaply where one differs little from the one before.
 *
 * Neighbouring cells of a segment differ by the one unit that bends between them, so that the product of the next row is the
 * one before and a correction of a few columns, instead of the whole matrix. Corrections add their rounding errors up: batches
 * are short (`trace_affine.ts`), each begins with a whole product, and a row with more than `FEW` changes is computed whole.
 * Magnitudes need no such care: one bound for the whole batch serves, as long as it is not below that of any row.
 */

import type {Affine} from '../piecewise_linear/steps';
import type {Tracked} from './cells';

/** A row is updated from the one before if at most this share of its inputs changed. */
const FEW = 1 / 8;
/** Far above the rounding of a few sums, far below what is told from zero. */
const NOISE = 2 ** -46;

/** The magnitudes of the terms after the map, for all rows at once: those of the largest inputs among them. */
export function boundOf(step: Affine, rows: readonly Tracked[], bias: Float64Array | null): Float64Array {
  const largest = new Float64Array(step.inputs);
  for (const {magnitudes} of rows) {
    for (let i = 0; i < largest.length; i++) {
      const size = Math.abs(magnitudes[i]);
      if (size > largest[i]) largest[i] = size;
    }
  }
  const bound = step.absolute(largest, 1);
  if (bias) for (let i = 0; i < bound.length; i++) bound[i] += Math.abs(bias[i]);
  return bound;
}

/** The values of vertices. */
export function valuesAfter(step: Affine, rows: readonly Float64Array[]): Float64Array[] {
  const values = product(step, rows);
  const {bias} = step;
  if (bias) for (const y of values) for (let i = 0; i < bias.length; i++) y[i] += bias[i];
  return values;
}

/** Rows with magnitudes of their own each, however different they are. */
export function rowsAfter(step: Affine, rows: readonly Tracked[], bias: Float64Array | null): Tracked[] {
  const values = product(
    step,
    rows.map((row) => row.values),
  );
  const magnitudes = product(
    step,
    rows.map((row) => row.magnitudes.map(Math.abs)),
    'absolute',
  );
  return values.map((y, i) => {
    for (let unit = 0; bias && unit < bias.length; unit++) {
      y[unit] += bias[unit];
      magnitudes[i][unit] += Math.abs(bias[unit]);
    }
    return {values: y, magnitudes: magnitudes[i]};
  });
}

/** The derivatives of cells by each coordinate; of neighbours that differ in few units the second is a correction. */
export function derivativesAfter(step: Affine, cells: readonly Tracked[][]): Tracked[][] {
  const magnitudes = boundOf(step, cells.flat(), null);
  const corrections = cells.map((rows, i) =>
    rows.map((row, axis) => (i === 0 ? null : change(cells[i - 1][axis].values, row.values))),
  );
  const whole = cells.flatMap((rows, i) => rows.filter((_, axis) => corrections[i][axis] === null));
  const products = product(
    step,
    whole.map(({values}) => values),
  );
  let next = 0;
  const buffer = new Float64Array(step.inputs);
  const after: Tracked[][] = [];
  for (const [i, rows] of cells.entries()) {
    after.push(
      rows.map((_, axis) => {
        const correction = corrections[i][axis];
        const values =
          correction === null ? products[next++] : corrected(step, after[i - 1][axis].values, correction, buffer);
        return {values, magnitudes};
      }),
    );
  }
  return after;
}

interface Start {
  before: Float64Array;
  after: Float64Array;
}

/**
 * The values at the end of an interval, from those at its start and the derivative. How long it is, the inputs say
 * themselves; what of them does not fit, because a kink was put in its place, is a correction.
 */
export function extrapolate(step: Affine, start: Start, end: Float64Array, derivative: Start): Float64Array {
  const [x, d] = [start.before, derivative.before];
  let [along, squares] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    along += (end[i] - x[i]) * d[i];
    squares += d[i] * d[i];
  }
  const length = squares > 0 ? along / squares : 0;
  const rest: Sparse = {places: [], values: []};
  const most = x.length * FEW;
  const noise = NOISE;
  for (let i = 0; i < x.length; i++) {
    const r = end[i] - x[i] - length * d[i];
    if (Math.abs(r) > noise * (Math.abs(x[i]) + Math.abs(end[i]))) {
      rest.places.push(i);
      rest.values.push(r);
      if (rest.places.length > most) return valuesAfter(step, [end])[0];
    }
  }
  const y = new Float64Array(step.outputs);
  for (let i = 0; i < y.length; i++) y[i] = start.after[i] + length * derivative.after[i];
  return rest.places.length === 0 ? y : corrected(step, y, rest, new Float64Array(step.inputs));
}

interface Sparse {
  places: number[];
  values: number[];
}

/** Where two rows differ; null if that is nearly everywhere. */
function change(from: Float64Array, to: Float64Array): Sparse | null {
  const most = from.length * FEW;
  const found: Sparse = {places: [], values: []};
  for (let i = 0; i < from.length; i++) {
    if (from[i] === to[i]) continue;
    found.places.push(i);
    found.values.push(to[i] - from[i]);
    if (found.places.length > most) return null;
  }
  return found;
}

/** y + A x for a sparse x; `buffer` is all zeros, before and after. */
function corrected(step: Affine, y: Float64Array, {places, values}: Sparse, buffer: Float64Array): Float64Array {
  for (const [k, i] of places.entries()) buffer[i] = values[k];
  const z = step.linear(buffer, 1);
  for (const i of places) buffer[i] = 0;
  for (let i = 0; i < z.length; i++) z[i] += y[i];
  return z;
}

function product(step: Affine, rows: readonly Float64Array[], of: 'linear' | 'absolute' = 'linear'): Float64Array[] {
  if (rows.length === 0) return [];
  const x = rows.length === 1 ? rows[0] : new Float64Array(rows.length * step.inputs);
  if (rows.length > 1) for (const [i, row] of rows.entries()) x.set(row, i * step.inputs);
  const y = step[of](x, rows.length);
  return rows.map((_, i) => y.subarray(i * step.outputs, (i + 1) * step.outputs));
}
