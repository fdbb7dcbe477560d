/**
 * Rows of numbers through an affine map, cheaply where one differs little from the one before.
 *
 * Neighbouring cells differ by the one unit that bends between them, so that the product of the next row is the one before and
 * a correction for what has changed. Corrections add their rounding errors up, and those are as large as the largest terms
 * that any row on the way has: a sum that comes out far below them is computed once more, from its own terms. So the magnitude
 * of each number stays that of its own terms, whatever its neighbours are.
 */

import type {Affine} from '../piecewise_linear/steps';
import type {Tracked} from './cells';

/** A row is updated from the one before if at most this share of what it would multiply has changed. */
const MOST_CHANGED = 3 / 4;
/** Far above the rounding of a few sums, far below what is told from zero. */
const NOISE = 2 ** -46;
/** Below this share of the common bound a number is computed from its own terms: above it, the bound is good enough. */
const SMALL = 2 ** -12;

/** Rows of A x + bias, each with the size of its own terms. */
export function rowsAfter(step: Affine, rows: readonly Tracked[], bias: Float64Array | null): Tracked[] {
  const values = product(
    step,
    rows.map((row) => row.values),
  );
  const magnitudes = product(
    step,
    rows.map((row) => sizesOf(row)),
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

/** Plain loops here and in the steps: typed arrays take ten times as long for `map` with a function. */
function sizesOf({magnitudes}: Tracked): Float64Array {
  const sizes = new Float64Array(magnitudes.length);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(magnitudes[i]);
  return sizes;
}

/** A row before and after the map. */
export interface Moved {
  readonly before: Tracked;
  readonly after: Tracked;
}

/** What a batch of rows goes through: the map, and a bound of the terms of all of them. */
export class RowMap {
  private readonly bound: Float64Array;

  constructor(
    private readonly step: Affine,
    private readonly bias: Float64Array | null,
    rows: readonly Tracked[],
  ) {
    const largest = new Float64Array(step.inputs);
    for (const {magnitudes} of rows) {
      for (let i = 0; i < largest.length; i++) {
        const size = Math.abs(magnitudes[i]);
        if (size > largest[i]) largest[i] = size;
      }
    }
    this.bound = step.absolute(largest, 1);
    if (bias) for (let i = 0; i < bias.length; i++) this.bound[i] += Math.abs(bias[i]);
  }

  /** Whole products. */
  whole(rows: readonly Tracked[]): Moved[] {
    const made = product(
      this.step,
      rows.map(({values}) => values),
    );
    return rows.map((before, i) => {
      if (this.bias) for (let unit = 0; unit < made[i].length; unit++) made[i][unit] += this.bias[unit];
      return this.settled(before, made[i], null);
    });
  }

  /** From another row, given their difference. */
  changed(row: Tracked, change: Float64Array, other: Moved): Moved {
    return this.corrected(row, other.after.values, change, other);
  }

  /**
   * From another vertex of a cell, along the derivatives of the cell. How far it is, the inputs say themselves; what of them
   * does not fit, because a kink was put in its place, is a correction. Null if that is too much.
   */
  along(row: Tracked, start: Moved, derivatives: readonly Moved[]): Moved | null {
    const [x, end] = [start.before.values, row.values];
    const rest = difference(end, x);
    let values = start.after.values;
    for (const {direction, derivative} of orthogonal(derivatives)) {
      const length = projected(rest, direction);
      const d = derivative.before;
      for (let i = 0; i < rest.length; i++) rest[i] -= length * d[i];
      values = plusTimes(values, length, derivative.after);
    }
    let count = 0;
    const most = MOST_CHANGED * rest.length;
    for (let i = 0; i < rest.length; i++) {
      if (Math.abs(rest[i]) <= NOISE * (Math.abs(x[i]) + Math.abs(end[i]))) rest[i] = 0;
      else if (++count > most) return null;
    }
    return count === 0 ? this.settled(row, values, start) : this.corrected(row, values, rest, start);
  }

  private corrected(row: Tracked, values: Float64Array, change: Float64Array, other: Moved): Moved {
    const sum = this.step.linear(change, 1);
    for (let i = 0; i < sum.length; i++) sum[i] += values[i];
    return this.settled(row, sum, other);
  }

  /** With the magnitudes that belong to the numbers; those that may be rounding errors of other rows are computed anew. */
  private settled(before: Tracked, values: Float64Array, other: Moved | null): Moved {
    const {bound, step, bias} = this;
    let magnitudes = other?.after.magnitudes ?? bound;
    let isShared = true;
    for (let i = 0; i < values.length; i++) {
      let size = bound[i];
      if (Math.abs(values[i]) <= SMALL * size) {
        if (other && values[i] === other.after.values[i]) continue;
        const [value, own] = step.at!(i, before.values, before.magnitudes);
        values[i] = value + (bias?.[i] ?? 0);
        size = own + Math.abs(bias?.[i] ?? 0);
      }
      if (magnitudes[i] === size) continue;
      if (isShared) magnitudes = magnitudes.slice();
      isShared = false;
      magnitudes[i] = size;
    }
    return {before, after: {values, magnitudes}};
  }
}

/** One row less another; null if that is not mostly 0 where the row has numbers. */
export function changeOf(from: Float64Array, to: Float64Array): Float64Array | null {
  let [numbers, changed] = [0, 0];
  for (let i = 0; i < to.length; i++) {
    if (to[i] !== 0) numbers++;
    if (from[i] !== to[i]) changed++;
  }
  return changed > MOST_CHANGED * numbers ? null : difference(to, from);
}

// Loops of one pass over few arrays: of 10^4 numbers each, they leave the nearest cache.
function difference(x: Float64Array, y: Float64Array): Float64Array {
  const z = new Float64Array(x.length);
  for (let i = 0; i < z.length; i++) z[i] = x[i] - y[i];
  return z;
}

function plusTimes(x: Float64Array, factor: number, y: Float64Array): Float64Array {
  const z = new Float64Array(x.length);
  for (let i = 0; i < z.length; i++) z[i] = x[i] + factor * y[i];
  return z;
}

interface Direction {
  /** What is multiplied with, to find how far a point is along the derivative when all later ones stand still. */
  direction: Float64Array;
  derivative: {before: Float64Array; after: Float64Array};
}

/** Directions for the derivatives by one or two coordinates; one that is a multiple of the other is left out. */
function orthogonal(derivatives: readonly Moved[]): Direction[] {
  const [first, second] = derivatives.map(({before, after}) => ({before: before.values, after: after.values}));
  if (!second) return [{direction: first.before, derivative: first}];
  const without = (x: Float64Array, y: Float64Array) => {
    const share = projected(x, y);
    const rest = x.slice();
    for (let i = 0; i < rest.length; i++) rest[i] -= share * y[i];
    return rest;
  };
  const direction = without(first.before, second.before);
  const isParallel = square(direction) <= 1e-12 * square(first.before);
  return [...(isParallel ? [] : [{direction, derivative: first}]), {direction: second.before, derivative: second}];
}

/** How many times y is in x. */
function projected(x: Float64Array, y: Float64Array): number {
  let [product, square] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    product += x[i] * y[i];
    square += y[i] * y[i];
  }
  return product === 0 ? 0 : product / square;
}

function square(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return sum;
}

function product(step: Affine, rows: readonly Float64Array[], of: 'linear' | 'absolute' = 'linear'): Float64Array[] {
  if (rows.length === 0) return [];
  const x = rows.length === 1 ? rows[0] : new Float64Array(rows.length * step.inputs);
  if (rows.length > 1) for (const [i, row] of rows.entries()) x.set(row, i * step.inputs);
  const y = step[of](x, rows.length);
  return rows.map((_, i) => y.subarray(i * step.outputs, (i + 1) * step.outputs));
}
