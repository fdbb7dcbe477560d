/**
 * Rows of numbers through an affine map, cheaply where one differs little from the one before.
 *
 * Neighbouring cells differ by the one unit that bends between them, so that the product of the next row is the one before and
 * a correction for what has changed. Corrections add their rounding errors up, and those are as large as the largest terms
 * that any row on the way has: a sum that comes out far below them is computed once more, from its own terms. So the magnitude
 * of each number stays that of its own terms, whatever its neighbours are.
 */

import type {Affine, Few, Reached} from '../piecewise_linear/steps';
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

/** What rows go through that follow from each other: the map, and a bound of the terms of all of them. */
export class RowMap {
  private readonly largest: Float64Array;
  private bound: Float64Array = new Float64Array(0);
  private readonly change: Few;

  constructor(
    private readonly step: Affine,
    private readonly bias: Float64Array | null,
  ) {
    this.largest = new Float64Array(step.inputs);
    this.change = {places: new Int32Array(step.inputs), values: new Float64Array(step.inputs), count: 0};
  }

  /** Rows that are to come: their terms count for the bound. */
  include(rows: readonly Tracked[]): void {
    const {largest, step, bias} = this;
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

  /** From another row, which differs little. */
  changed(row: Tracked, other: Moved): Moved {
    const [from, to] = [other.before.values, row.values];
    const {change} = this;
    change.count = 0;
    for (let i = 0; i < to.length; i++) if (from[i] !== to[i]) add(change, i, to[i] - from[i]);
    const values = other.after.values.slice();
    return this.settled(row, values, other, this.correct(values));
  }

  /**
   * From another vertex of a cell, along the derivatives of the cell. How far it is, the inputs say themselves; what of them
   * does not fit, because a kink was put in its place, is a correction. Null if that is too much.
   */
  along(row: Tracked, start: Moved, directions: readonly Direction[]): Moved | null {
    const [x, end] = [start.before.values, row.values];
    const {change} = this;
    const rest = change.values;
    for (let i = 0; i < rest.length; i++) rest[i] = end[i] - x[i];
    let values = start.after.values;
    for (const {direction, square, before, after} of directions) {
      const length = projected(rest, direction, square);
      for (let i = 0; i < rest.length; i++) rest[i] -= length * before[i];
      values = plusTimes(values, length, after);
    }
    change.count = 0;
    const most = MOST_CHANGED * rest.length;
    for (let i = 0; i < rest.length; i++) {
      if (Math.abs(rest[i]) <= NOISE * (Math.abs(x[i]) + Math.abs(end[i]))) continue;
      add(change, i, rest[i]);
      if (change.count > most) return null;
    }
    this.correct(values);
    return this.settled(row, values, start);
  }

  /** Adds what the change adds; the outputs that it did not reach stay as they are. */
  private correct(values: Float64Array): Reached | null {
    const {change, step} = this;
    if (change.count === 0) return NOTHING;
    if (step.few) {
      const reached = step.few(change);
      for (let b = 0; b < reached.count; b++) {
        for (let i = reached.starts[b], end = i + reached.block; i < end; i++) values[i] += reached.sums[i];
      }
      return reached;
    }
    const x = new Float64Array(step.inputs);
    for (let k = 0; k < change.count; k++) x[change.places[k]] = change.values[k];
    const sums = step.linear(x, 1);
    for (let i = 0; i < values.length; i++) values[i] += sums[i];
    return null;
  }

  /**
   * With the magnitudes that belong to the numbers; those that may be rounding errors of other rows are computed anew. Those
   * that a change has not reached are another row's.
   */
  private settled(before: Tracked, values: Float64Array, other: Moved | null, reached: Reached | null = null): Moved {
    const {bound, step, bias} = this;
    let magnitudes = other?.after.magnitudes ?? bound;
    let isShared = true;
    const blocks = reached ? reached.count : 1;
    for (let b = 0; b < blocks; b++) {
      const start = reached ? reached.starts[b] : 0;
      const end = reached ? start + reached.block : values.length;
      for (let i = start; i < end; i++) {
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
    }
    return {before, after: {values, magnitudes}};
  }
}

const NOTHING: Reached = {sums: new Float64Array(0), starts: new Int32Array(0), block: 1, count: 0};

/** The values may be those of the change itself: each goes to its place or before it. */
function add(change: Few, place: number, value: number): void {
  change.places[change.count] = place;
  change.values[change.count++] = value;
}

/** Whether one row less another is mostly 0 where the row has numbers. */
export function isNear(from: Float64Array, to: Float64Array): boolean {
  let [numbers, changed] = [0, 0];
  for (let i = 0; i < to.length; i++) {
    if (to[i] !== 0) numbers++;
    if (from[i] !== to[i]) changed++;
  }
  return changed <= MOST_CHANGED * numbers;
}

function plusTimes(x: Float64Array, factor: number, y: Float64Array): Float64Array {
  const z = new Float64Array(x.length);
  for (let i = 0; i < z.length; i++) z[i] = x[i] + factor * y[i];
  return z;
}

/** A derivative, before and after the map. */
export interface Direction {
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** What is multiplied with, to find how far a point is along the derivative when all later ones stand still. */
  readonly direction: Float64Array;
  readonly square: number;
}

/** Directions for the derivatives by one or two coordinates; one that is a multiple of the other is left out. */
export function directionsOf(derivatives: readonly Moved[]): Direction[] {
  const own = ({before, after}: Moved, direction = before.values): Direction => ({
    before: before.values,
    after: after.values,
    direction,
    square: productOf(direction, direction),
  });
  const all = derivatives.map((derivative) => own(derivative));
  if (all.length === 1) return all;
  const [first, second] = all;
  const direction = first.before.slice();
  const share = projected(direction, second.direction, second.square);
  for (let i = 0; i < direction.length; i++) direction[i] -= share * second.before[i];
  const across = own(derivatives[0], direction);
  return across.square <= 1e-12 * first.square ? [second] : [across, second];
}

/** How many times y, whose square is given, is in x. */
function projected(x: Float64Array, y: Float64Array, square: number): number {
  const product = productOf(x, y);
  return product === 0 ? 0 : product / square;
}

function productOf(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function product(step: Affine, rows: readonly Float64Array[], of: 'linear' | 'absolute' = 'linear'): Float64Array[] {
  if (rows.length === 0) return [];
  const x = rows.length === 1 ? rows[0] : new Float64Array(rows.length * step.inputs);
  if (rows.length > 1) for (const [i, row] of rows.entries()) x.set(row, i * step.inputs);
  const y = step[of](x, rows.length);
  return rows.map((_, i) => y.subarray(i * step.outputs, (i + 1) * step.outputs));
}
