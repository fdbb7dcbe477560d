/** What a layer of elementwise functions does to the intervals of a segment. */

import {between, exact, ROUNDING, type Row, type Vertex} from './cells';
import {cutsOfInterval} from './cut_interval';
import {slopeChange} from './pieces';
import {piecesFrom, settleFrom, type UnitTable} from './unit_table';

/** A part of an interval on which every unit stays on one piece of its function. */
export interface Part {
  readonly vertices: readonly [Vertex, Vertex];
  /** The number of that piece, by unit. */
  readonly pieces: Int32Array;
}

/** In their order. Pieces are counted from kink to kink: between two that are equal in doubles lies one, too. */
export function* partsOfInterval(
  [from, to]: readonly Vertex[],
  derivative: Row,
  table: UnitTable,
  read: number,
): Iterable<Part> {
  const [low, high] = [from, to].map((vertex) => vertex.rows.get(read)!);
  let start = from;
  let pieces = piecesFrom(low.values, high.values, derivative.values, table);
  for (const {share, units, kinks} of cutsOfInterval(low, high, table)) {
    const end = between(from, to, share);
    const row = end.rows.get(read)!;
    settleFrom(0, row, table);
    for (const [i, unit] of units.entries()) row.values[unit] = kinks[i];
    yield {vertices: [start, end], pieces};
    start = end;
    pieces = pieces.slice();
    for (const unit of units) pieces[unit] += low.values[unit] < high.values[unit] ? 1 : -1;
  }
  yield {vertices: [start, to], pieces};
}

/** The bend of the outputs between two parts: what the input's bend becomes, and where a unit goes to another piece. */
export function bendBetween(
  before: Int32Array,
  after: Int32Array,
  bend: Row,
  derivative: Row,
  {functions}: UnitTable,
): Row {
  const values = new Float64Array(after.length);
  const sizes = new Float64Array(after.length);
  const some = ({values: all, sizes: terms}: Row, i: number) => Math.abs(all[i]) > ROUNDING * terms[i];
  for (let unit = 0; unit < after.length; unit++) {
    const f = functions[unit];
    const passed = some(bend, unit) ? f.slopes[before[unit]] * bend.values[unit] : 0;
    const change = before[unit] === after[unit] ? 0 : slopeChange(f, before[unit], after[unit]);
    const made = change !== 0 && some(derivative, unit) ? change * derivative.values[unit] : 0;
    values[unit] = passed + made;
    sizes[unit] = Math.abs(passed) + Math.abs(made);
  }
  return {values, sizes};
}

/** The derivatives of the outputs, by the slopes of the units. */
export function scaled({values, sizes}: Row, slopes: Float64Array): Row {
  const y = new Float64Array(slopes.length);
  const share = ROUNDING; // looked up once: an import is not, in some module systems
  for (let unit = 0; unit < y.length; unit++) {
    if (Math.abs(values[unit]) > share * sizes[unit]) y[unit] = values[unit] * slopes[unit];
  }
  return exact(y);
}
