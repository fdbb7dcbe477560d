import {fail} from '../../errors';
import {ROUNDING, type Row} from './cells';
import {kinkAt, kinkCount, pieceAt} from '../piecewise_linear/piecewise_function';
import type {UnitTable} from './unit_functions';

/** Where an interval is cut, and the units that are at a kink there. */
export interface IntervalCut {
  /** Of the way from one end to the other. */
  share: number;
  units: number[];
  kinks: number[];
}

/** As many as fit into memory; more than the default of maxBreakpoints. */
const MOST = 4_000_000;

interface Crossing {
  share: number;
  unit: number;
  kink: number;
}

/**
 * All places of an interval, in their order, at which some unit crosses a kink strictly between the ends, whose values
 * are settled. Crossings of several units that differ by rounding only are one.
 */
export function cutsOfInterval(from: Row, to: Row, table: UnitTable): IntervalCut[] {
  const isAt = ({unit, kink}: Crossing, share: number) => {
    const z = from.values[unit] + share * (to.values[unit] - from.values[unit]);
    const size = Math.max(Math.abs(from.sizes[unit]), Math.abs(to.sizes[unit]));
    return Math.abs(z - kink) <= ROUNDING * (size + Math.abs(kink));
  };
  const groups: {share: number; crossings: Crossing[]}[] = [];
  const latest = new Map<number, number>(); // by unit, the group of its last crossing: its kinks are never one
  let open = 0;
  for (const crossing of crossingsOf(from, to, table)) {
    const last = groups.length - 1;
    while (open < last && !isAt(crossing, groups[open].share)) open++;
    const own = latest.get(crossing.unit) ?? -1;
    let at = Math.max(open, own + 1);
    while (at <= last && !isAt(crossing, groups[at].share)) at++;
    if (at <= last) {
      groups[at].crossings.push(crossing);
    } else if (own < last && groups[last].crossings.every((other) => isAt(other, crossing.share))) {
      // Flat units are at their kinks for a while: the steeper one tells the place.
      at = last;
      groups[at].share = crossing.share;
      groups[at].crossings.push(crossing);
    } else {
      at = groups.length;
      groups.push({share: crossing.share, crossings: [crossing]});
    }
    latest.set(crossing.unit, at);
  }
  return groups.map(({share, crossings}) => ({
    share,
    units: crossings.map(({unit}) => unit),
    kinks: crossings.map(({kink}) => kink),
  }));
}

function crossingsOf(from: Row, to: Row, {functions, kinks, kink}: UnitTable): Crossing[] {
  const crossings: Crossing[] = [];
  const starts = from.values;
  const ends = to.values;
  for (let unit = 0; unit < functions.length; unit++) {
    if (kinks[unit] === 0) continue;
    const a = starts[unit];
    const b = ends[unit];
    if (kinks[unit] === 1) {
      const k = kink[unit];
      if ((a < k && k < b) || (b < k && k < a)) crossings.push({share: (k - a) / (b - a), unit, kink: k});
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
    if (a > b) own.reverse(); // in their order along the interval
    for (const k of own) crossings.push({share: (k - a) / (b - a), unit, kink: k});
  }
  return crossings.sort((one, other) => one.share - other.share);
}
