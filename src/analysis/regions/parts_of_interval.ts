/** What a layer of elementwise functions does to the intervals of a segment. */

import {between, exact, ROUNDING, type Row, type Vertex} from './cells';
import {cutsOfInterval} from './split_interval';
import {slopeAt, slopeChange} from '../piecewise_linear/piecewise_function';
import {piecesFrom, settleFrom, slopesOf, type UnitTable} from './unit_functions';

/** A part of an interval on which every unit stays on one piece of its function. */
export interface Part {
  /** Before the functions. */
  readonly vertices: readonly [Vertex, Vertex];
  /** Behind them. */
  readonly derivative: Row;
  /** The derivative less that of the part before, if those of the intervals are given. */
  readonly bend: Row | undefined;
}

/** The intervals of a segment in their order, for functions of the value that is read. */
export class Segment {
  /** By unit, the number of its piece at the end of the last interval. */
  private last: Float64Array | null = null;

  constructor(
    private readonly table: UnitTable,
    private readonly read: number,
  ) {}

  /** In their order. Pieces are counted from kink to kink: between two that are equal in doubles lies one, too. */
  *partsOf([from, to]: readonly Vertex[], incoming: Row, bendBefore: Row | undefined): Iterable<Part> {
    const {table, read} = this;
    const {functions} = table;
    const [low, high] = [from, to].map((vertex) => vertex.rows.get(read)!);
    const pieces = piecesFrom(low.values, high.values, incoming.values, table);
    let start = from;
    let derivative = scaled(incoming, slopesOf(table, pieces));
    let bend = bendBefore && bendBetween(this.last ?? pieces, pieces, bendBefore, incoming, table);
    for (const {share, units, kinks} of cutsOfInterval(low, high, table)) {
      const end = between(from, to, share);
      const row = end.rows.get(read)!;
      settleFrom(0, row, table);
      for (const [i, unit] of units.entries()) row.values[unit] = kinks[i];
      yield {vertices: [start, end], derivative, bend};
      // Behind a cut the slopes of those units change that are at a kink there, and no others.
      const slopes = derivative.values.slice();
      const bends = bend && new Float64Array(slopes.length);
      for (const unit of units) {
        const before = pieces[unit];
        pieces[unit] += low.values[unit] < high.values[unit] ? 1 : -1;
        slopes[unit] = times(incoming, unit, slopeAt(functions[unit], pieces[unit]));
        if (bends) bends[unit] = times(incoming, unit, slopeChange(functions[unit], before, pieces[unit]));
      }
      [start, derivative, bend] = [end, exact(slopes), bends && exact(bends)];
    }
    this.last = pieces;
    yield {vertices: [start, to], derivative, bend};
  }
}

/** The bend of the outputs between two intervals: what the input's becomes, and where a unit goes to another piece. */
function bendBetween(
  before: Float64Array,
  after: Float64Array,
  bend: Row,
  derivative: Row,
  {functions}: UnitTable,
): Row {
  const values = new Float64Array(after.length);
  const sizes = new Float64Array(after.length);
  for (let unit = 0; unit < after.length; unit++) {
    const f = functions[unit];
    const passed = times(bend, unit, slopeAt(f, before[unit]));
    const change = before[unit] === after[unit] ? 0 : slopeChange(f, before[unit], after[unit]);
    const made = times(derivative, unit, change);
    values[unit] = passed + made;
    sizes[unit] = Math.abs(passed) + Math.abs(made);
  }
  return {values, sizes};
}

/** One number times a slope; 0 if it is a rounding error. */
const times = ({values, sizes}: Row, unit: number, slope: number) =>
  Math.abs(values[unit]) > ROUNDING * Math.abs(sizes[unit]) ? values[unit] * slope : 0;

/** All numbers times slopes. */
export function scaled({values, sizes}: Row, slopes: Float64Array): Row {
  const y = new Float64Array(slopes.length);
  const share = ROUNDING; // looked up once: an import is not, in some module systems
  for (let unit = 0; unit < y.length; unit++) {
    if (Math.abs(values[unit]) > share * Math.abs(sizes[unit])) y[unit] = values[unit] * slopes[unit];
  }
  return exact(y);
}
