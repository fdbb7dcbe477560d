import {
  kinkAt,
  kinkBetween,
  type PiecewiseFunction,
  pieceAt,
  slopeAt,
  termsAt,
} from '../piecewise_linear/piecewise_function';
import type {Tracked} from './cells';
import type {Rounding} from './rounding';

/**
 * The functions of the units of a layer by columns, so that loops over 10^5 units do not follow pointers. Where all units
 * have one function the columns have one row: the row of a unit is `unit & mask`.
 */
export interface UnitFunctions {
  readonly functions: readonly PiecewiseFunction[];
  readonly mask: number;
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
  const isOne = functions.every((f) => f === functions[0]);
  const rows = isOne ? functions.slice(0, 1) : functions;
  const kinks = Uint8Array.from(rows, kindOf);
  const column = () => new Float64Array(rows.length);
  const [kink, value, kink2, value2] = [column(), column(), column(), column()];
  const [below, middle, above] = [column(), column(), column()];
  for (let i = 0; i < rows.length; i++) {
    const f = rows[i];
    if (f.kinks.length > 0) kink[i] = f.kinks[0];
    value[i] = f.values[0];
    below[i] = f.slopes[0];
    above[i] = f.slopes[f.slopes.length - 1];
    if (kinks[i] === 2) [kink2[i], value2[i], middle[i]] = [f.kinks[1], f.values[1], f.slopes[1]];
  }
  const isThroughZero = kinks.every((count, i) => count === 1 && kink[i] === 0 && value[i] === 0);
  const mask = isOne ? 0 : -1;
  return {functions, mask, kinks, kink, value, kink2, value2, below, middle, above, isThroughZero};
}

/**
 * The functions at some numbers, and the terms that those values are sums of. A number at a kink, and one that is not told from
 * a kink, are as good as exact where they are read; where a function is straight nobody has looked, and its input's terms stay.
 */
export function imageOf(table: UnitFunctions, {values: x, magnitudes}: Tracked): Tracked {
  const {functions, mask, kinks, kink, value, kink2, value2, below, middle, above, isThroughZero} = table;
  const values = new Float64Array(x.length);
  let sizes = values; // of functions that begin at 0 they are the same
  for (let unit = 0; unit < values.length; unit++) {
    const i = unit & mask;
    let start = value[i];
    let change = 0;
    if (kinks[i] < 2) {
      const d = x[unit] - kink[i];
      change = (d < 0 ? below[i] : above[i]) * d;
    } else if (kinks[i] === 2) {
      const isLast = kink2[i] <= x[unit];
      if (isLast) start = value2[i];
      const slope = isLast ? above[i] : kink[i] <= x[unit] ? middle[i] : below[i];
      change = slope * (x[unit] - (isLast ? kink2[i] : kink[i]));
    } else {
      [start, change] = termsAt(functions[unit], x[unit]);
    }
    values[unit] = start + change;
    if (isThroughZero) continue;
    const size = Math.abs(start) + Math.abs(kinks[i] === 0 ? above[i] * magnitudes[unit] : change);
    if (sizes === values) {
      if (size === values[unit]) continue;
      sizes = values.slice();
    }
    sizes[unit] = size;
  }
  return {values, magnitudes: sizes};
}

/** From a unit on, the kinks that numbers differ from by rounding only, by unit. */
export function kinksAt(first: number, row: Tracked, table: UnitFunctions, rounding: Rounding): Map<number, number> {
  const {functions, mask, kinks, kink, kink2} = table;
  const {values, magnitudes} = row;
  const found = new Map<number, number>();
  for (let unit = first; unit < values.length; unit++) {
    const i = unit & mask;
    const x = values[unit];
    const size = Math.abs(magnitudes[unit]);
    if (kinks[i] === 1) {
      if (rounding.isZero(x - kink[i], size + Math.abs(kink[i]))) found.set(unit, kink[i]);
    } else if (kinks[i] === 2) {
      // Those beside it: of a number below both, or above both, one.
      if (!(kink2[i] <= x) && rounding.isZero(x - kink[i], size + Math.abs(kink[i]))) found.set(unit, kink[i]);
      if (kink[i] <= x && rounding.isZero(x - kink2[i], size + Math.abs(kink2[i]))) found.set(unit, kink2[i]);
    } else if (kinks[i] === SEVERAL) {
      const f = functions[unit];
      if (f.exactInputs?.includes(x)) continue;
      const next = pieceAt(f, x);
      for (let k = next - 1; k <= next; k++) {
        if (!f.period && (k < 0 || k >= f.kinks.length)) continue;
        const to = kinkAt(f, k);
        if (rounding.isZero((found.get(unit) ?? x) - to, size + Math.abs(to))) found.set(unit, to);
      }
    }
  }
  return found;
}

/** Writes for each unit the piece that it is on just after the start of an interval. */
export function findStartPieces(
  pieces: Float64Array, // of a function that repeats, more than an integer type has
  from: Float64Array,
  to: Float64Array,
  derivative: Float64Array,
  {functions, mask, kinks, kink, kink2}: UnitFunctions,
): void {
  for (let unit = 0; unit < pieces.length; unit++) {
    const i = unit & mask;
    if (kinks[i] === 0) continue;
    const x = from[unit];
    const goesDown = (to[unit] - x || derivative[unit]) < 0; // an interval that no double lies inside of still has a direction
    if (kinks[i] < SEVERAL) {
      const isLast = kinks[i] === 2 && (goesDown ? kink2[i] < x : kink2[i] <= x);
      pieces[unit] = Number(goesDown ? kink[i] < x : kink[i] <= x) + Number(isLast);
    } else {
      const f = functions[unit];
      let piece = pieceAt(f, x);
      while (goesDown && kinkAt(f, piece - 1) === x) piece--;
      pieces[unit] = piece;
    }
  }
}

/** Numbers times the slopes on given pieces; 0 for one that is a rounding error. */
export function slopedOn(
  pieces: Float64Array,
  {values, magnitudes}: Tracked,
  {functions, mask, kinks, below, middle, above}: UnitFunctions,
  rounding: Rounding,
): Float64Array {
  const y = new Float64Array(pieces.length);
  for (let unit = 0; unit < y.length; unit++) {
    if (rounding.isZero(values[unit], Math.abs(magnitudes[unit]))) continue;
    const i = unit & mask;
    const piece = pieces[unit];
    let slope = piece === 0 ? below[i] : above[i];
    if (kinks[i] === SEVERAL) slope = slopeAt(functions[unit], piece);
    else if (kinks[i] === 2 && piece === 1) slope = middle[i];
    y[unit] = values[unit] * slope;
  }
  return y;
}

/** The slopes on a cell that no kink crosses: those at the mean of its vertices. */
export function slopesOn(table: UnitFunctions, rows: readonly Float64Array[]): Float64Array {
  const {functions, mask, kinks, kink, kink2, below, middle, above} = table;
  const slopes = meanOf(rows);
  for (let unit = 0; unit < slopes.length; unit++) {
    const i = unit & mask;
    const x = slopes[unit];
    if (kinks[i] === SEVERAL) slopes[unit] = slopeAt(functions[unit], pieceAt(functions[unit], x));
    else if (kinks[i] === 2 && kink[i] <= x && x < kink2[i]) slopes[unit] = middle[i];
    else slopes[unit] = x < kink[i] ? below[i] : above[i];
  }
  return slopes;
}

/** The kink of a unit that lies strictly between two numbers; NaN if there is none. */
export function kinkInside(
  {functions, mask, kinks, kink, kink2}: UnitFunctions,
  unit: number,
  low: number,
  high: number,
) {
  const i = unit & mask;
  if (kinks[i] === 0) return Number.NaN;
  if (kinks[i] === SEVERAL) return kinkBetween(functions[unit], low, high);
  if (kinks[i] === 2 && low < kink2[i] && kink2[i] < high) return kink2[i];
  return low < kink[i] && kink[i] < high ? kink[i] : Number.NaN;
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
