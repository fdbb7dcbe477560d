import type {Tracked} from './cells';
import {type Rounding, SURELY_NUMBER} from './rounding';
import type {RowSources} from './row_source';
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
  private readonly columns: Float64Array;
  private last: Tracked | null = null;
  /** The units whose piece after the last interval is not known. */
  private open: readonly number[] = [];

  constructor(
    private readonly table: UnitFunctions,
    private readonly rounding: Rounding,
    private readonly sources: RowSources,
  ) {
    this.pieces = new Uint8Array(table.functions.length);
    this.columns = columnsOf(table);
  }

  /** The next interval, from the end of the one before; of a first one all units are looked at. */
  pass(from: Tracked, to: Tracked, derivative: Tracked): Passed {
    const {pieces, table, rounding, sources} = this;
    let end = to;
    for (const unit of from === this.last ? this.open : pieces.keys()) {
      end = this.settled(end, to, unit);
      pieces[unit] = startPiece(unit, from.values, end.values, derivative.values, table);
    }
    const image = sources.vertices.row(pieces.length);
    const slopes = sources.derivatives.row(pieces.length);
    slopeAll(slopes, derivative, pieces, table, rounding);
    const moving = stayAll(image, end, pieces, table.mask, this.columns);
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

/** Numbers of a piece: its ends, infinite or kinks, the larger size of the kinks, start, slope and anchor. */
const COLUMNS = 6;

/** All numbers of a piece together, three pieces a row: loops over one array are twice as fast as over six. */
function columnsOf({kink, kink2, start, slope, anchor}: UnitFunctions): Float64Array {
  const all = new Float64Array(COLUMNS * start.length);
  const size = (x: number) => (Number.isFinite(x) ? Math.abs(x) : 0);
  for (let piece = 0; piece < start.length; piece++) {
    const row = Math.floor(piece / 3);
    const ends = [-Infinity, kink[row], kink2[row], Infinity].slice(piece % 3, (piece % 3) + 2);
    const reach = Math.max(...ends.map(size));
    all.set([...ends, reach, start[piece], slope[piece], anchor[piece]], COLUMNS * piece);
  }
  return all;
}

/** Fills in the functions on given pieces; gives the units that may leave theirs. */
function stayAll(
  image: Float64Array,
  {values, magnitudes}: Tracked,
  pieces: Uint8Array,
  mask: number,
  columns: Float64Array,
): number[] {
  const moving: number[] = [];
  for (let unit = 0; unit < pieces.length; unit++) {
    const i = COLUMNS * (3 * (unit & mask) + pieces[unit]);
    const x = values[unit];
    image[unit] = columns[i + 3] + columns[i + 4] * (x - columns[i + 5]);
    const room = Math.min(x - columns[i], columns[i + 1] - x);
    if (!(room > SURELY_NUMBER * (Math.abs(magnitudes[unit]) + columns[i + 2]))) moving.push(unit);
  }
  return moving;
}

/** Fills in numbers times the slopes on given pieces; 0 for one that is a rounding error. */
function slopeAll(
  slopes: Float64Array,
  {values, magnitudes}: Tracked,
  pieces: Uint8Array,
  {mask, slope}: UnitFunctions,
  rounding: Rounding,
): void {
  for (let unit = 0; unit < pieces.length; unit++) {
    const x = values[unit];
    const isZero = rounding.isZero(x, Math.abs(magnitudes[unit]));
    slopes[unit] = isZero ? 0 : x * slope[3 * (unit & mask) + pieces[unit]];
  }
}
