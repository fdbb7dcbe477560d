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
import type {RowSource} from './row_source';

/** A row is updated from the one before if at most this share of what it would multiply has changed. */
const MOST_CHANGED = 3 / 4;
/** Far above the rounding of a few sums, far below what is told from zero. */
const NOISE = 2 ** -46;
/** Bounds are raised number by number where at most this share of the inputs has grown. */
const FEW = 1 / 4;
/** Sums of numbers below it are finite. */
const HUGE = 2 ** 1000;
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
  /** By input, no less than the sizes of all rows; and those that the bound is of. */
  private readonly largest: Float64Array;
  private readonly bounded: Float64Array;
  private bound: Float64Array | null = null;
  private readonly change: FewNumbers;
  /** The last row's numbers that may be rounding errors of other rows. */
  private readonly small: Int32Array;
  private smallCount = 0;
  /** Whether a number may be more than doubles hold. */
  mayOverflow = false;

  constructor(
    private readonly step: Affine,
    private readonly bias: Float64Array | null,
    private readonly source: RowSource,
  ) {
    this.largest = new Float64Array(step.inputs);
    this.bounded = new Float64Array(step.inputs);
    this.change = new FewNumbers(step.inputs);
    this.small = new Int32Array(step.outputs);
  }

  /** Rows that are to come: their terms count for the bound. */
  include(rows: readonly Tracked[]): void {
    let isLarger = this.bound === null;
    for (const {magnitudes} of rows) if (raise(this.largest, magnitudes)) isLarger = true;
    if (isLarger) this.raiseBound();
  }

  private raiseBound(): void {
    const {step, bias, largest, bounded, change} = this;
    change.count = 0;
    for (let i = 0; i < largest.length; i++) if (largest[i] !== bounded[i]) change.add(i, largest[i] - bounded[i]);
    bounded.set(largest);
    if (this.bound && step.few && change.count < FEW * largest.length) {
      const bound = this.bound.slice(); // rows have the one before for their sizes
      addReached(bound, step.few(change, 'absolute'));
      this.bound = bound;
    } else {
      const bound = step.absolute(largest, 1);
      if (bias) for (let i = 0; i < bias.length; i++) bound[i] += Math.abs(bias[i]);
      this.bound = bound;
    }
    this.mayOverflow = !isBelow(this.bound, HUGE);
  }

  /** Whole products. */
  whole(rows: readonly Tracked[]): Moved[] {
    const values = rows.map((row) => row.values);
    return product(this.step, values).map((made, i) => this.withBias(rows[i], made));
  }

  private withBias(before: Tracked, made: Float64Array): Moved {
    if (this.bias) addTo(made, this.bias);
    this.findSmall(made, null);
    return this.settled(before, made, null, this.bound!);
  }

  /** What one row has more than another; null if that is most of what it has. */
  difference(to: Float64Array, from: Float64Array): Few | null {
    const {change} = this;
    change.count = 0;
    let numbers = 0;
    for (let i = 0; i < to.length; i++) {
      if (to[i] !== 0) numbers++;
      if (from[i] !== to[i]) change.add(i, to[i] - from[i]);
    }
    return change.count <= MOST_CHANGED * numbers ? change.copy() : null;
  }

  /** A row from another one, given the difference. */
  changed(row: Tracked, other: Moved, difference: Few): Moved {
    const values = this.source.copyOf(other.after.values);
    const reached = this.add(values, difference);
    this.findSmall(values, reached);
    if (!reached) return this.settled(row, values, other, this.bound!);
    const sizes = this.source.copyOf(other.after.magnitudes); // of the numbers that the change has not reached
    this.boundReached(sizes, reached);
    return this.settled(row, values, other, sizes);
  }

  private boundReached(sizes: Float64Array, {starts, block, count}: Reached): void {
    const bound = this.bound!;
    for (let b = 0; b < count; b++) {
      for (let i = starts[b], end = i + block; i < end; i++) sizes[i] = bound[i];
    }
  }

  /**
   * From another vertex of a cell: so far along each derivative of the cell. What of the inputs does not fit, because a kink
   * was put in its place, is a correction. Null if that is too much.
   */
  along(row: Tracked, start: Moved, derivatives: readonly Moved[], lengths: readonly number[]): Moved | null {
    const first = derivatives[0];
    const second = derivatives[derivatives.length - 1]; // along a segment the same, and 0 times
    const a = lengths[0];
    const b = lengths.length > 1 ? lengths[1] : 0;
    findRest(this.change, row.values, start.before.values, first.before.values, second.before.values, a, b);
    if (this.change.count > MOST_CHANGED * row.values.length) return null;
    const values = this.source.copyOf(start.after.values);
    this.add(values, this.change);
    addTimes(values, first.after.values, second.after.values, a, b);
    this.findSmall(values, null);
    return this.settled(row, values, start, this.bound!);
  }

  /** Adds what the change adds; gives the outputs that it reached, null for all. */
  private add(values: Float64Array, change: Few): Reached | null {
    const {step} = this;
    if (change.count === 0) return NOTHING;
    if (step.few) return addReached(values, step.few(change));
    const x = new Float64Array(step.inputs);
    for (let k = 0; k < change.count; k++) x[change.places[k]] = change.values[k];
    const sums = step.linear(x, 1);
    addTo(values, sums);
    return null;
  }

  /** Finds the numbers that may be rounding errors of other rows, of all or of those that a change has reached. */
  private findSmall(values: Float64Array, reached: Reached | null): void {
    const bound = this.bound!;
    this.smallCount = 0;
    const blocks = reached ? reached.count : 1;
    for (let b = 0; b < blocks; b++) {
      const start = reached ? reached.starts[b] : 0;
      const end = reached ? start + reached.block : values.length;
      for (let i = start; i < end; i++) {
        if (Math.abs(values[i]) <= SMALL * bound[i]) this.small[this.smallCount++] = i;
      }
    }
  }

  /** With the magnitudes given, except of small numbers, which are computed anew with their own unless they are another row's. */
  private settled(before: Tracked, values: Float64Array, other: Moved | null, magnitudes: Float64Array): Moved {
    const {step, bias, small, smallCount} = this;
    if (smallCount === 0) return {before, after: {values, magnitudes}};
    const sizes = magnitudes === this.bound ? this.source.copyOf(magnitudes) : magnitudes;
    for (let k = 0; k < smallCount; k++) {
      const i = small[k];
      if (other && values[i] === other.after.values[i]) {
        sizes[i] = other.after.magnitudes[i];
      } else {
        const [value, size] = step.at!(i, before.values, before.magnitudes);
        values[i] = value + (bias?.[i] ?? 0);
        sizes[i] = size + Math.abs(bias?.[i] ?? 0);
      }
    }
    return {before, after: {values, magnitudes: sizes}};
  }
}

/** Raises sizes to those of a row, with room for rows after it; gives whether any was too small. */
function raise(largest: Float64Array, magnitudes: Float64Array): boolean {
  let isLarger = false;
  for (let i = 0; i < largest.length; i++) {
    const size = Math.abs(magnitudes[i]);
    if (size <= largest[i]) continue;
    largest[i] = Math.min(2 * size, Number.MAX_VALUE);
    isLarger = true;
  }
  return isLarger;
}

/** Finds y - x - a u - b v, where it is more than rounding. Loops in functions of their own stay compiled. */
function findRest(
  change: FewNumbers,
  y: Float64Array,
  x: Float64Array,
  u: Float64Array,
  v: Float64Array,
  a: number,
  b: number,
): void {
  change.count = 0;
  for (let i = 0; i < y.length; i++) {
    const rest = y[i] - x[i] - (a * u[i] + b * v[i]);
    if (Math.abs(rest) > NOISE * (Math.abs(x[i]) + Math.abs(y[i]))) change.add(i, rest);
  }
}

function addTo(y: Float64Array, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += x[i];
}

function addTimes(y: Float64Array, u: Float64Array, v: Float64Array, a: number, b: number): void {
  for (let i = 0; i < y.length; i++) y[i] += a * u[i] + b * v[i];
}

const NOTHING: Reached = {sums: new Float64Array(0), starts: new Int32Array(0), block: 1, count: 0};

function addReached(values: Float64Array, reached: Reached): Reached {
  const {sums, starts, block, count} = reached;
  for (let b = 0; b < count; b++) {
    for (let i = starts[b], end = i + block; i < end; i++) values[i] += sums[i];
  }
  return reached;
}

function isBelow(sizes: Float64Array, limit: number): boolean {
  for (let i = 0; i < sizes.length; i++) if (!(sizes[i] < limit)) return false;
  return true;
}

/** Numbers that are added in order of their places. */
class FewNumbers implements Few {
  readonly places: Int32Array;
  readonly values: Float64Array;
  count = 0;

  constructor(most: number) {
    this.places = new Int32Array(most);
    this.values = new Float64Array(most);
  }

  add(place: number, value: number): void {
    this.places[this.count] = place;
    this.values[this.count++] = value;
  }

  copy(): Few {
    const {places, values, count} = this;
    return {places: places.slice(0, count), values: values.slice(0, count), count};
  }
}

function product(step: Affine, rows: readonly Float64Array[], of: 'linear' | 'absolute' = 'linear'): Float64Array[] {
  if (rows.length === 0) return [];
  if (rows.length === 1) return [step[of](rows[0], 1)];
  const x = new Float64Array(rows.length * step.inputs);
  for (let i = 0; i < rows.length; i++) x.set(rows[i], i * step.inputs);
  const y = step[of](x, rows.length);
  const own: Float64Array[] = [];
  for (let i = 0; i < rows.length; i++) own.push(y.subarray(i * step.outputs, (i + 1) * step.outputs));
  return own;
}
