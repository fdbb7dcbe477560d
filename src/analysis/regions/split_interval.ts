import {fail} from '../../errors';
import {kinkAt, kinkCount, pieceAt, slopeAt, slopeChange} from '../piecewise_linear/piecewise_function';
import {between, mixed, type Tracked, type Vertex, type Weights, weightsAtZero, withoutRounding} from './cells';
import type {Rounding} from './rounding';
import type {RowSource} from './row_source';
import type {Passed} from './steady_units';
import {kinksAt, type Pieces, slopedOn, startPiece, type UnitFunctions} from './unit_functions';

/** Where an interval is cut, and the units that are at a kink there. */
export interface IntervalCut {
  /** The place, by the weights of the ends. */
  at: Weights;
  units: number[];
  kinks: number[];
}

/** As many as fit into memory; more than the default of maxBreakpoints. */
const MOST = 4_000_000;

interface Crossing {
  at: Weights;
  unit: number;
  kink: number;
}

/**
 * All places of an interval, in order, at which some unit crosses a kink strictly between the ends, whose values
 * are settled; of all units or of those that may. Crossings of several units that differ by rounding only are one.
 */
export function cutsOfInterval(
  from: Tracked,
  to: Tracked,
  table: UnitFunctions,
  rounding: Rounding,
  units: Iterable<number> = from.values.keys(),
): IntervalCut[] {
  const isAt = ({unit, kink}: Crossing, at: Weights) => {
    const z = mixed(from.values[unit], to.values[unit], at);
    const size = at.a * Math.abs(from.magnitudes[unit]) + at.b * Math.abs(to.magnitudes[unit]);
    return rounding.isZero(z - kink, size + Math.abs(kink));
  };
  const groups: {at: Weights; crossings: Crossing[]}[] = [];
  const latest = new Map<number, number>(); // by unit, the group of its last crossing: its kinks are never one
  let open = 0;
  for (const crossing of crossingsOf(from, to, table, units)) {
    const last = groups.length - 1;
    while (open < last && !isAt(crossing, groups[open].at)) open++;
    const own = latest.get(crossing.unit) ?? -1;
    let i = Math.max(open, own + 1);
    while (i <= last && !isAt(crossing, groups[i].at)) i++;
    if (i <= last) {
      groups[i].crossings.push(crossing);
    } else if (own < last && groups[last].crossings.every((other) => isAt(other, crossing.at))) {
      // Flat units are at their kinks for a while: the steeper one tells the place.
      i = last;
      groups[i].at = crossing.at;
      groups[i].crossings.push(crossing);
    } else {
      i = groups.length;
      groups.push({at: crossing.at, crossings: [crossing]});
    }
    latest.set(crossing.unit, i);
  }
  return groups.map(({at, crossings}) => ({
    at,
    units: crossings.map(({unit}) => unit),
    kinks: crossings.map(({kink}) => kink),
  }));
}

const isInside = (k: number, a: number, b: number) => (a < k && k < b) || (b < k && k < a);

const crossing = (unit: number, k: number, a: number, b: number): Crossing => ({
  at: weightsAtZero(a - k, b - k),
  unit,
  kink: k,
});

function crossingsOf(
  from: Tracked,
  to: Tracked,
  {functions, mask, kinks, kink, kink2}: UnitFunctions,
  units: Iterable<number>,
): Crossing[] {
  const crossings: Crossing[] = [];
  const starts = from.values;
  const ends = to.values;
  for (const unit of units) {
    const i = unit & mask;
    if (kinks[i] === 0) continue;
    const a = starts[unit];
    const b = ends[unit];
    if (kinks[i] < 3) {
      const isFirst = isInside(kink[i], a, b);
      const isSecond = kinks[i] === 2 && isInside(kink2[i], a, b);
      if (!isFirst && !isSecond) continue;
      const own = [...(isFirst ? [kink[i]] : []), ...(isSecond ? [kink2[i]] : [])];
      if (a > b) own.reverse();
      for (const k of own) crossings.push(crossing(unit, k, a, b));
      continue;
    }
    const f = functions[unit];
    const high = Math.max(a, b);
    const count = kinkCount(f);
    const own: number[] = [];
    const first = pieceAt(f, Math.min(a, b));
    if (f.period && pieceAt(f, high) - first > MOST) {
      const fix = 'Take a shorter segment.';
      fail('analysis', `a segment must pass at most ${MOST} folds of a unit`, pieceAt(f, high) - first, fix);
    }
    for (let i = first; i < count && kinkAt(f, i) < high; i++) own.push(kinkAt(f, i));
    if (a > b) own.reverse(); // in order along the interval
    for (const k of own) crossings.push(crossing(unit, k, a, b));
  }
  return crossings.sort((one, other) => one.at.b - other.at.b || other.at.a - one.at.a);
}

/** What a layer of elementwise functions does to the intervals of a segment. */

/** A part of an interval on which every unit stays on one piece of its function. */
export interface Part {
  /** Before the functions. */
  readonly vertices: readonly [Vertex, Vertex];
  /** After them. */
  readonly derivative: Tracked;
  /** The derivative less that of the part before, if those of the intervals are given. */
  readonly bend: Tracked | undefined;
}

/** The intervals of a segment in order, for functions of the value that is read. */
export class IntervalSplitter {
  /** The piece of each unit at the end of the last interval, by number. */
  private last: Pieces | null = null;

  constructor(
    private readonly table: UnitFunctions,
    private readonly read: number,
    private readonly rounding: Rounding,
  ) {}

  /**
   * The parts of an interval with settled ends, in their order; `passed` if its units were looked at. Pieces are counted from kink
   * to kink: between two that are equal in doubles lies one, too.
   */
  *split(
    [from, to]: readonly Vertex[],
    incoming: Tracked,
    bendBefore: Tracked | undefined,
    passed: Passed | null,
  ): Iterable<Part> {
    const {table, read, rounding} = this;
    const {functions} = table;
    const [low, high] = [from, to].map((vertex) => vertex.rows.get(read)!);
    const pieces = passed ? passed.pieces : this.startPieces(low, high, incoming);
    let start = from;
    let derivative = withoutRounding(passed ? passed.slopes : slopedOn(pieces, incoming, table, rounding));
    let bend =
      bendBefore && bendBetween(this.last ?? pieces, pieces, {bend: bendBefore, derivative: incoming}, table, rounding);
    for (const {at, units, kinks} of cutsOfInterval(low, high, table, rounding, passed?.moving)) {
      const end = inOrder(start, between(from, to, at), to);
      const row = end.rows.get(read)!;
      for (const [unit, kink] of kinksAt(0, row, table, rounding)) row.values[unit] = kink;
      for (const [i, unit] of units.entries()) row.values[unit] = kinks[i];
      yield {vertices: [start, end], derivative, bend};
      // After a cut the slopes of those units change that are at a kink there, and no others.
      const slopes = derivative.values.slice();
      const bends = bend && new Float64Array(slopes.length);
      for (const unit of units) {
        const before = pieces[unit];
        pieces[unit] += low.values[unit] < high.values[unit] ? 1 : -1;
        slopes[unit] = times(incoming, unit, slopeAt(functions[unit], pieces[unit]), rounding);
        if (bends) bends[unit] = times(incoming, unit, slopeChange(functions[unit], before, pieces[unit]), rounding);
      }
      [start, derivative, bend] = [end, withoutRounding(slopes), bends && withoutRounding(bends)];
    }
    this.last = pieces;
    yield {vertices: [start, to], derivative, bend};
  }

  private startPieces(low: Tracked, high: Tracked, {values}: Tracked): Float64Array {
    const pieces = new Float64Array(values.length);
    for (let unit = 0; unit < pieces.length; unit++) {
      pieces[unit] = startPiece(unit, low.values, high.values, values, this.table);
    }
    return pieces;
  }
}

/** A vertex whose place rounding has not put before its start or beyond its end. */
function inOrder({place: [low]}: Vertex, {place: [t], rows}: Vertex, {place: [high]}: Vertex): Vertex {
  return {place: [Math.min(high, Math.max(low, t))], rows};
}

/** The bend of the outputs between two intervals: what the input's becomes, and where a unit goes to another piece. */
function bendBetween(
  before: Pieces,
  after: Pieces,
  {bend, derivative}: {bend: Tracked; derivative: Tracked},
  {functions}: UnitFunctions,
  rounding: Rounding,
): Tracked {
  const values = new Float64Array(after.length);
  const magnitudes = new Float64Array(after.length);
  for (let unit = 0; unit < after.length; unit++) {
    const f = functions[unit];
    const passed = times(bend, unit, slopeAt(f, before[unit]), rounding);
    const change = before[unit] === after[unit] ? 0 : slopeChange(f, before[unit], after[unit]);
    const made = times(derivative, unit, change, rounding);
    values[unit] = passed + made;
    magnitudes[unit] = Math.abs(passed) + Math.abs(made);
  }
  return {values, magnitudes};
}

/** One number times a slope; 0 if it is a rounding error. */
const times = ({values, magnitudes}: Tracked, unit: number, slope: number, rounding: Rounding) =>
  rounding.isZero(values[unit], Math.abs(magnitudes[unit])) ? 0 : values[unit] * slope;

/** All numbers times slopes. */
export function scaled(
  {values, magnitudes}: Tracked,
  slopes: Float64Array,
  rounding: Rounding,
  source: RowSource,
): Tracked {
  const y = source.row(slopes.length);
  for (let unit = 0; unit < y.length; unit++) {
    y[unit] = rounding.isZero(values[unit], Math.abs(magnitudes[unit])) ? 0 : values[unit] * slopes[unit];
  }
  return withoutRounding(y);
}
