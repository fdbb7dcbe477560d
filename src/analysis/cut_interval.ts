import {ROUNDING, type Row} from './cells';
import {kinkAt, kinkCount, pieceAt} from './pieces';
import type {UnitTable} from './unit_table';

/** Where an interval is cut, and the units that are at a kink there. */
export interface IntervalCut {
  /** Of the way from one end to the other. */
  share: number;
  units: number[];
  kinks: number[];
}

interface Crossing {
  share: number;
  unit: number;
  kink: number;
}

/**
 * All places of an interval, in their order, at which some unit crosses a kink strictly between the ends, whose values
 * are settled. Crossings that differ by rounding only are one.
 */
export function cutsOfInterval(from: Row, to: Row, table: UnitTable): IntervalCut[] {
  const isAt = ({unit, kink}: Crossing, share: number) => {
    const z = from.values[unit] + share * (to.values[unit] - from.values[unit]);
    const size = Math.max(Math.abs(from.sizes[unit]), Math.abs(to.sizes[unit]));
    return Math.abs(z - kink) <= ROUNDING * (size + Math.abs(kink));
  };
  const groups: {share: number; crossings: Crossing[]}[] = [];
  for (const crossing of crossingsOf(from, to, table)) {
    const last = groups[groups.length - 1];
    if (last && isAt(crossing, last.share)) {
      last.crossings.push(crossing);
    } else if (last?.crossings.every((other) => isAt(other, crossing.share))) {
      // Flat units are at their kinks for a while: the steeper one tells the place.
      last.share = crossing.share;
      last.crossings.push(crossing);
    } else {
      groups.push({share: crossing.share, crossings: [crossing]});
    }
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
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const count = kinkCount(f);
    for (let i = pieceAt(f, low); i < count; i++) {
      const k = kinkAt(f, i);
      if (k >= high) break;
      if (k > low) crossings.push({share: (k - a) / (b - a), unit, kink: k});
    }
  }
  return crossings.sort((one, other) => one.share - other.share);
}
