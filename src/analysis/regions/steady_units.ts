import type {Tracked} from './cells';
import {type Rounding, SURELY_NUMBER} from './rounding';
import {functionAt, kinkNear, sizesOf, startPiece, type UnitFunctions} from './unit_functions';

/** What becomes of the units of a layer in an interval. */
export interface Passed {
  /** By unit, the piece just after the start. */
  readonly pieces: Uint8Array;
  /** The values at the end, those at a kink but for rounding put there, and the functions of them. */
  readonly end: Tracked;
  readonly image: Tracked;
  /** The derivative after the functions, just after the start. */
  readonly slopes: Float64Array;
  /** In order, the units that may leave their piece: no others do. */
  readonly moving: readonly number[];
}

/**
 * The units of a layer along a segment, for functions of up to two kinks. Nearly all units of an interval stay on the piece that
 * they were on, far from its ends: one pass over the layer does for them all that is to be done, and looks closely at the others.
 */
export class SteadyUnits {
  private readonly pieces: Uint8Array;
  /** The ends of the pieces, infinite or kinks, and the larger size of the kinks: as the columns of three pieces a row. */
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly reach: Float64Array;
  private last: Tracked | null = null;
  /** The units whose piece after the last interval is not known. */
  private open: readonly number[] = [];

  constructor(
    private readonly table: UnitFunctions,
    private readonly rounding: Rounding,
  ) {
    const {kink, kink2, functions} = table;
    this.pieces = new Uint8Array(functions.length);
    this.low = columns(kink, (i) => [-Infinity, kink[i], kink2[i]]);
    this.high = columns(kink, (i) => [kink[i], kink2[i], Infinity]);
    const size = (x: number) => (Number.isFinite(x) ? Math.abs(x) : 0);
    this.reach = columns(kink, (i) =>
      [0, 1, 2].map((p) => Math.max(size(this.low[3 * i + p]), size(this.high[3 * i + p]))),
    );
  }

  /** The next interval, from the end of the one before; of a first one all units are looked at. */
  pass(from: Tracked, to: Tracked, derivative: Tracked): Passed {
    const {pieces, table, low, high, reach, rounding} = this;
    const {mask, start, slope, anchor} = table;
    let end = to;
    for (const unit of from === this.last ? this.open : pieces.keys()) {
      end = this.settled(end, to, unit);
      pieces[unit] = startPiece(unit, from.values, end.values, derivative.values, table);
    }
    const {values, magnitudes} = end;
    const [image, slopes] = [new Float64Array(pieces.length), new Float64Array(pieces.length)];
    const moving: number[] = [];
    for (let unit = 0; unit < pieces.length; unit++) {
      const i = 3 * (unit & mask) + pieces[unit];
      if (!rounding.isZero(derivative.values[unit], Math.abs(derivative.magnitudes[unit]))) {
        slopes[unit] = derivative.values[unit] * slope[i];
      }
      const x = values[unit];
      image[unit] = start[i] + slope[i] * (x - anchor[i]);
      const room = Math.min(x - low[i], high[i] - x);
      if (!(room > SURELY_NUMBER * (Math.abs(magnitudes[unit]) + reach[i]))) moving.push(unit);
    }
    for (const unit of moving) {
      end = this.settled(end, to, unit);
      image[unit] = functionAt(table, unit, end.values[unit]);
    }
    this.last = end;
    this.open = moving;
    const sizes = sizesOf(table, end, image);
    return {pieces, end, image: {values: image, magnitudes: sizes}, slopes, moving};
  }

  /** The row with the number of a unit at its kink, if it is there but for rounding: a copy of the one that was given. */
  private settled(row: Tracked, given: Tracked, unit: number): Tracked {
    const kink = kinkNear(unit, row, this.table, this.rounding);
    if (Number.isNaN(kink)) return row;
    const own = row === given ? {values: row.values.slice(), magnitudes: row.magnitudes} : row;
    own.values[unit] = kink;
    return own;
  }
}

/** Of up to three pieces a row, which a function of the row gives. */
function columns(rows: Float64Array, piecesOf: (row: number) => number[]): Float64Array {
  const all = new Float64Array(3 * rows.length);
  for (let row = 0; row < rows.length; row++) all.set(piecesOf(row), 3 * row);
  return all;
}
