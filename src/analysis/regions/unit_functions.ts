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

/**
 * The functions of the units of a layer by columns, so that loops over 10^5 units do not follow pointers. Where all units
 * have one function the columns have one row: the row of a unit is `unit & mask`.
 */
export interface UnitFunctions {
  readonly functions: readonly PiecewiseFunction[];
  readonly mask: number;
  /** 0, 1, 2, or 3 for all that other columns do not tell. */
  readonly kinks: Uint8Array;
  /** The first kink and the second, infinite where there is none. */
  readonly kink: Float64Array;
  readonly kink2: Float64Array;
  /** Up to three pieces a row: on piece p it is start + slope * (x - anchor), at 3 * row + p. */
  readonly start: Float64Array;
  readonly slope: Float64Array;
  readonly anchor: Float64Array;
  /** Whether all are constant or a multiple of the number on each piece: their values are no sums. */
  readonly areSingleTerms: boolean;
  /** Whether some are not told by the columns alone. */
  readonly hasSeveral: boolean;
}

const SEVERAL = 3;

/** By unit, the number of its piece: of a function that repeats, it may be more than an integer type has. */
export type Pieces = Float64Array | Uint8Array;

function kindOf({kinks, period, exactInputs}: PiecewiseFunction): number {
  return kinks.length < 2 || (kinks.length === 2 && !period && !exactInputs) ? kinks.length : SEVERAL;
}

export function unitTable(functions: readonly PiecewiseFunction[]): UnitFunctions {
  const isOne = functions.every((f) => f === functions[0]);
  const rows = isOne ? functions.slice(0, 1) : functions;
  const kinks = Uint8Array.from(rows, kindOf);
  const column = (numbers = 1) => new Float64Array(numbers * rows.length);
  const [kink, kink2] = [column().fill(Infinity), column().fill(Infinity)];
  const [start, slope, anchor] = [column(3), column(3), column(3)];
  for (let i = 0; i < rows.length; i++) {
    if (kinks[i] === SEVERAL) continue;
    const f = rows[i];
    if (kinks[i] > 0) kink[i] = f.kinks[0];
    if (kinks[i] > 1) kink2[i] = f.kinks[1];
    for (let piece = 0; piece <= kinks[i]; piece++) {
      const at = Math.max(0, piece - 1);
      start[3 * i + piece] = f.values[at];
      slope[3 * i + piece] = f.slopes[piece];
      anchor[3 * i + piece] = kinks[i] === 0 ? 0 : f.kinks[at];
    }
  }
  const isSingle = (at: number) => start[at] === 0 || slope[at] === 0;
  const areSingleTerms = kinks.every(
    (count, i) => (count === 1 || count === 2) && [0, 1, 2].every((piece) => isSingle(3 * i + piece)),
  );
  const hasSeveral = kinks.includes(SEVERAL);
  const mask = isOne ? 0 : -1;
  return {functions, mask, kinks, kink, kink2, start, slope, anchor, areSingleTerms, hasSeveral};
}

/**
 * The functions at some numbers, and the terms that those values are sums of. A number at a kink, and one that is not told from
 * a kink, are as good as exact where they are read; where a function is straight nobody has looked, and its input's terms stay.
 */
export function imageOf(table: UnitFunctions, row: Tracked): Tracked {
  const values = new Float64Array(row.values.length);
  fillImage(values, table, row.values);
  return {values, magnitudes: sizesOf(table, row, values)};
}

/** A function of its own, as loops that end in calls fall out of their machine code. */
function fillImage(y: Float64Array, table: UnitFunctions, x: Float64Array): void {
  for (let unit = 0; unit < y.length; unit++) y[unit] = functionAt(table, unit, x[unit]);
}

/** The function of a unit at a number. */
export function functionAt(table: UnitFunctions, unit: number, x: number): number {
  const {functions, mask, kinks, start, slope, anchor} = table;
  const i = unit & mask;
  if (kinks[i] === SEVERAL) return valueAt(functions[unit], x);
  const piece = pieceOf(table, i, x);
  return start[piece] + slope[piece] * (x - anchor[piece]);
}

/** The sizes of the terms of the functions at some numbers: of single terms the values themselves. */
export function sizesOf(table: UnitFunctions, {values: x, magnitudes}: Tracked, values: Float64Array): Float64Array {
  const {functions, mask, kinks, start, slope, anchor, areSingleTerms} = table;
  if (areSingleTerms) return values;
  const sizes = new Float64Array(x.length);
  for (let unit = 0; unit < sizes.length; unit++) {
    const i = unit & mask;
    if (kinks[i] === SEVERAL) {
      const [first, change] = termsAt(functions[unit], x[unit]);
      sizes[unit] = Math.abs(first) + Math.abs(change);
    } else if (kinks[i] === 0) {
      sizes[unit] = Math.abs(start[3 * i]) + Math.abs(slope[3 * i] * magnitudes[unit]);
    } else {
      const piece = pieceOf(table, i, x[unit]);
      sizes[unit] = Math.abs(start[piece]) + Math.abs(slope[piece] * (x[unit] - anchor[piece]));
    }
  }
  return sizes;
}

/** Where in the columns of pieces that of a number stands, in some row. */
const pieceOf = ({kink, kink2}: UnitFunctions, row: number, x: number): number =>
  3 * row + Number(kink[row] <= x) + Number(kink2[row] <= x);

/** From a unit on, the kinks that numbers differ from by rounding only, by unit. */
export function kinksAt(first: number, row: Tracked, table: UnitFunctions, rounding: Rounding): Map<number, number> {
  const found = new Map<number, number>();
  for (let unit = first; unit < row.values.length; unit++) {
    const kink = kinkNear(unit, row, table, rounding);
    if (!Number.isNaN(kink)) found.set(unit, kink);
  }
  return found;
}

/** The kink that the number of a unit differs from by rounding only; NaN if there is none. */
export function kinkNear(
  unit: number,
  {values, magnitudes}: Tracked,
  {functions, mask, kinks, kink, kink2}: UnitFunctions,
  rounding: Rounding,
): number {
  const i = unit & mask;
  const x = values[unit];
  const size = Math.abs(magnitudes[unit]);
  let found = Number.NaN;
  if (kinks[i] === 1) {
    if (rounding.isZero(x - kink[i], size + Math.abs(kink[i]))) found = kink[i];
  } else if (kinks[i] === 2) {
    // Those beside it: of a number below both, or above both, one.
    if (!(kink2[i] <= x) && rounding.isZero(x - kink[i], size + Math.abs(kink[i]))) found = kink[i];
    if (kink[i] <= x && rounding.isZero(x - kink2[i], size + Math.abs(kink2[i]))) found = kink2[i];
  } else if (kinks[i] === SEVERAL) {
    const f = functions[unit];
    if (f.exactInputs?.includes(x)) return found;
    const next = pieceAt(f, x);
    for (let k = next - 1; k <= next; k++) {
      if (!f.period && (k < 0 || k >= f.kinks.length)) continue;
      const to = kinkAt(f, k);
      if (rounding.isZero((Number.isNaN(found) ? x : found) - to, size + Math.abs(to))) found = to;
    }
  }
  return found;
}

/** The piece of a unit just after the start of an interval. */
export function startPiece(
  unit: number,
  from: Float64Array,
  to: Float64Array,
  derivative: Float64Array,
  {functions, mask, kinks, kink, kink2}: UnitFunctions,
): number {
  const i = unit & mask;
  if (kinks[i] === 0) return 0;
  const x = from[unit];
  const goesDown = (to[unit] - x || derivative[unit]) < 0; // an interval that no double lies inside of still has a direction
  if (kinks[i] < SEVERAL) {
    return goesDown ? Number(kink[i] < x) + Number(kink2[i] < x) : Number(kink[i] <= x) + Number(kink2[i] <= x);
  }
  const f = functions[unit];
  let piece = pieceAt(f, x);
  while (goesDown && kinkAt(f, piece - 1) === x) piece--;
  return piece;
}

/** Numbers times the slopes on given pieces; 0 for one that is a rounding error. */
export function slopedOn(
  pieces: Pieces,
  {values, magnitudes}: Tracked,
  {functions, mask, kinks, slope}: UnitFunctions,
  rounding: Rounding,
): Float64Array {
  const y = new Float64Array(pieces.length);
  for (let unit = 0; unit < y.length; unit++) {
    if (rounding.isZero(values[unit], Math.abs(magnitudes[unit]))) continue;
    const i = unit & mask;
    const piece = pieces[unit];
    y[unit] = values[unit] * (kinks[i] === SEVERAL ? slopeAt(functions[unit], piece) : slope[3 * i + piece]);
  }
  return y;
}

/** The slopes on a cell that no kink crosses: those at the mean of its vertices. */
export function slopesOn(table: UnitFunctions, rows: readonly Float64Array[]): Float64Array {
  const {functions, mask, kinks, slope} = table;
  const slopes = meanOf(rows);
  for (let unit = 0; unit < slopes.length; unit++) {
    const i = unit & mask;
    const x = slopes[unit];
    if (kinks[i] === SEVERAL) slopes[unit] = slopeAt(functions[unit], pieceAt(functions[unit], x));
    else slopes[unit] = slope[pieceOf(table, i, x)];
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
