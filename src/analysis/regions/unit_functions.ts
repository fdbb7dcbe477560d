import {
  kinkAt,
  kinkBetween,
  type PiecewiseFunction,
  pieceAt,
  slopeAt,
  termsAt,
  valueAt,
} from '../piecewise_linear/piecewise_function';
import type {Tracked} from './cells';
import type {Rounding} from './rounding';

/** The functions of the units of a layer by columns, so that loops over 10^5 units do not follow pointers. */
export interface UnitFunctions {
  readonly functions: readonly PiecewiseFunction[];
  /** 0, 1, 2, or 3 for all that other columns do not tell. */
  readonly kinks: Uint8Array;
  /** The first kink, 0 for a straight function, and the value there. */
  readonly kink: Float64Array;
  readonly value: Float64Array;
  /** The second of two kinks, and the value there. */
  readonly kink2: Float64Array;
  readonly value2: Float64Array;
  /** The slopes before the first kink, between two, and after the last. */
  readonly below: Float64Array;
  readonly middle: Float64Array;
  readonly above: Float64Array;
  /** Whether all bend at 0 alone and are 0 there: their values are products, no sums. */
  readonly isThroughZero: boolean;
}

const SEVERAL = 3;

function kindOf({kinks, period, exactInputs}: PiecewiseFunction): number {
  return kinks.length < 2 || (kinks.length === 2 && !period && !exactInputs) ? kinks.length : SEVERAL;
}

export function unitTable(functions: readonly PiecewiseFunction[]): UnitFunctions {
  const units = functions.length;
  const kinks = Uint8Array.from(functions, kindOf);
  const column = () => new Float64Array(units);
  const [kink, value, kink2, value2] = [column(), column(), column(), column()];
  const [below, middle, above] = [column(), column(), column()];
  for (let unit = 0; unit < units; unit++) {
    const f = functions[unit];
    if (f.kinks.length > 0) kink[unit] = f.kinks[0];
    value[unit] = f.values[0];
    below[unit] = f.slopes[0];
    above[unit] = f.slopes[f.slopes.length - 1];
    if (kinks[unit] === 2) [kink2[unit], value2[unit], middle[unit]] = [f.kinks[1], f.values[1], f.slopes[1]];
  }
  const isThroughZero = kinks.every((count, unit) => count === 1 && kink[unit] === 0 && value[unit] === 0);
  return {functions, kinks, kink, value, kink2, value2, below, middle, above, isThroughZero};
}

/** The functions at x. */
export function valuesOf(table: UnitFunctions, x: Float64Array): Float64Array {
  const {functions, kinks, kink, value, kink2, value2, below, middle, above} = table;
  const y = new Float64Array(x.length);
  for (let unit = 0; unit < y.length; unit++) {
    if (kinks[unit] === SEVERAL) {
      y[unit] = valueAt(functions[unit], x[unit]);
    } else if (kinks[unit] === 2) {
      const d = x[unit] - kink[unit];
      if (kink2[unit] <= x[unit]) y[unit] = value2[unit] + above[unit] * (x[unit] - kink2[unit]);
      else y[unit] = value[unit] + (kink[unit] <= x[unit] ? middle[unit] : below[unit]) * d;
    } else {
      const d = x[unit] - kink[unit];
      y[unit] = value[unit] + (d < 0 ? below[unit] : above[unit]) * d;
    }
  }
  return y;
}

/**
 * The terms that those values are sums of. A number at a kink, and one that is not told from a kink, are as good as exact
 * where they are read; where a function is straight nobody has looked, and its input's terms stay.
 */
export function sizesOf(table: UnitFunctions, {values: x, magnitudes}: Tracked): Float64Array {
  const {functions, kinks, kink, value, kink2, value2, below, middle, above} = table;
  const sizes = new Float64Array(x.length);
  for (let unit = 0; unit < sizes.length; unit++) {
    if (kinks[unit] === 0) {
      sizes[unit] = Math.abs(above[unit] * magnitudes[unit]) + Math.abs(value[unit]);
    } else if (kinks[unit] === 1) {
      const d = x[unit] - kink[unit];
      sizes[unit] = Math.abs(value[unit]) + Math.abs((d < 0 ? below[unit] : above[unit]) * d);
    } else if (kinks[unit] === 2) {
      const isLast = kink2[unit] <= x[unit];
      const d = x[unit] - (isLast ? kink2[unit] : kink[unit]);
      const slope = isLast ? above[unit] : kink[unit] <= x[unit] ? middle[unit] : below[unit];
      sizes[unit] = Math.abs(isLast ? value2[unit] : value[unit]) + Math.abs(slope * d);
    } else {
      const [start, change] = termsAt(functions[unit], x[unit]);
      sizes[unit] = Math.abs(start) + Math.abs(change);
    }
  }
  return sizes;
}

/** From a unit on, puts the kink itself for a value that differs from it by rounding only. */
export function snapToKinks(
  first: number,
  row: Tracked,
  {functions, kinks, kink, kink2}: UnitFunctions,
  rounding: Rounding,
): void {
  const {values, magnitudes} = row;
  const isAt = (unit: number, to: number) =>
    rounding.isZero(values[unit] - to, Math.abs(magnitudes[unit]) + Math.abs(to));
  for (let unit = first; unit < values.length; unit++) {
    if (kinks[unit] === 1) {
      if (isAt(unit, kink[unit])) values[unit] = kink[unit];
    } else if (kinks[unit] === 2) {
      // Those beside it: of a number below both, or above both, one.
      const [isFirst, isSecond] = [!(kink2[unit] <= values[unit]), kink[unit] <= values[unit]];
      if (isFirst && isAt(unit, kink[unit])) values[unit] = kink[unit];
      if (isSecond && isAt(unit, kink2[unit])) values[unit] = kink2[unit];
    } else if (kinks[unit] === SEVERAL) {
      const f = functions[unit];
      if (f.exactInputs?.includes(values[unit])) continue;
      const next = pieceAt(f, values[unit]);
      for (let i = next - 1; i <= next; i++) {
        if (!f.period && (i < 0 || i >= f.kinks.length)) continue;
        const to = kinkAt(f, i);
        if (isAt(unit, to)) values[unit] = to;
      }
    }
  }
}

/** For each unit, the piece that it is on just after the start of an interval. */
export function startPieces(
  from: Float64Array,
  to: Float64Array,
  derivative: Float64Array,
  {functions, kinks, kink, kink2}: UnitFunctions,
): Float64Array {
  const pieces = new Float64Array(from.length); // of a function that repeats, more than an integer type has
  for (let unit = 0; unit < pieces.length; unit++) {
    if (kinks[unit] === 0) continue;
    const x = from[unit];
    const goesDown = (to[unit] - x || derivative[unit]) < 0; // an interval that no double lies inside of still has a direction
    if (kinks[unit] === 1) {
      pieces[unit] = Number(goesDown ? kink[unit] < x : kink[unit] <= x);
    } else if (kinks[unit] === 2) {
      pieces[unit] = goesDown
        ? Number(kink[unit] < x) + Number(kink2[unit] < x)
        : Number(kink[unit] <= x) + Number(kink2[unit] <= x);
    } else {
      const f = functions[unit];
      let piece = pieceAt(f, x);
      while (goesDown && kinkAt(f, piece - 1) === x) piece--;
      pieces[unit] = piece;
    }
  }
  return pieces;
}

/** The slopes on pieces of these numbers. */
export function slopesOf(table: UnitFunctions, pieces: Float64Array): Float64Array {
  const {functions, kinks, below, middle, above} = table;
  const slopes = new Float64Array(pieces.length);
  for (let unit = 0; unit < slopes.length; unit++) {
    if (kinks[unit] === SEVERAL) slopes[unit] = slopeAt(functions[unit], pieces[unit]);
    else if (kinks[unit] === 2 && pieces[unit] === 1) slopes[unit] = middle[unit];
    else slopes[unit] = pieces[unit] === 0 ? below[unit] : above[unit];
  }
  return slopes;
}

/** The slopes on a cell that no kink crosses: those at the mean of its vertices. */
export function slopesOn(table: UnitFunctions, rows: readonly Float64Array[]): Float64Array {
  const {functions, kinks, kink, kink2, below, middle, above} = table;
  const slopes = meanOf(rows);
  for (let unit = 0; unit < slopes.length; unit++) {
    const x = slopes[unit];
    if (kinks[unit] === SEVERAL) slopes[unit] = slopeAt(functions[unit], pieceAt(functions[unit], x));
    else if (kinks[unit] === 2 && kink[unit] <= x && x < kink2[unit]) slopes[unit] = middle[unit];
    else slopes[unit] = x < kink[unit] ? below[unit] : above[unit];
  }
  return slopes;
}

/** The kink of a unit that lies strictly between two numbers; NaN if there is none. */
export function kinkInside({functions, kinks, kink, kink2}: UnitFunctions, unit: number, low: number, high: number) {
  if (kinks[unit] === 0) return Number.NaN;
  if (kinks[unit] === SEVERAL) return kinkBetween(functions[unit], low, high);
  if (kinks[unit] === 2 && low < kink2[unit] && kink2[unit] < high) return kink2[unit];
  return low < kink[unit] && kink[unit] < high ? kink[unit] : Number.NaN;
}

function meanOf(rows: readonly Float64Array[]): Float64Array {
  const mean = rows[0].slice();
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i];
    for (let unit = 0; unit < mean.length; unit++) mean[unit] += row[unit];
  }
  for (let unit = 0; unit < mean.length; unit++) mean[unit] /= rows.length;
  return mean;
}
