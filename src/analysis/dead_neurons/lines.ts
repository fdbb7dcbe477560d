import {
  kinkAt,
  kinkCount,
  type PiecewiseFunction,
  pieceAt,
  rangeOf,
  slopeAt,
  valueAt,
} from '../piecewise_linear/piecewise_function';
import {EPSILON} from './rounding';

/** slope * x + offset. */
export interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** A line that a function is nowhere above between two numbers, also not by rounding; of offset Infinity if there is none. */
export function lineAbove(f: PiecewiseFunction, low: number, high: number): Line {
  if (f.period) return {slope: 0, offset: rangeOf(f, low, high)[1] * (1 + EPSILON) + EPSILON};
  const first = pieceAt(f, low);
  const points = [low, high].filter(Number.isFinite);
  for (let i = first; i < kinkCount(f) && kinkAt(f, i) < high; i++) points.push(kinkAt(f, i));
  if (points.length === 0) points.push(0);
  const values = points.map((x) => valueAt(f, x));

  const [leftmost, rightmost] = [slopeAt(f, first), slopeAt(f, pieceAt(f, high))];
  const middle = points.length > 1 && Number.isFinite(high - low) ? low + (high - low) / 2 : points[0];
  const slopes = [slopeAt(f, pieceAt(f, middle)), leftmost, rightmost];
  if (low < high && Number.isFinite(high - low)) slopes.push((values[1] - values[0]) / (high - low));
  let best: Line = {slope: 0, offset: Infinity};
  for (const slope of slopes) {
    if ((high === Infinity && slope < rightmost) || (low === -Infinity && slope > leftmost)) continue;
    let offset = -Infinity;
    let size = 0;
    for (let i = 0; i < points.length; i++) {
      offset = Math.max(offset, values[i] - slope * points[i]);
      size = Math.max(size, errorAt(f, points[i]) + Math.abs(slope * points[i]));
    }
    offset += 4 * EPSILON * size;
    if (slope * middle + offset < best.slope * middle + best.offset) best = {slope, offset};
  }
  return best;
}

/** The other side. */
export function lineBelow(f: PiecewiseFunction, low: number, high: number): Line {
  const minus = (numbers: Float64Array) => numbers.map((number) => -number);
  const {slope, offset} = lineAbove({...f, slopes: minus(f.slopes), values: minus(f.values)}, low, high);
  return {slope: -slope, offset: -offset};
}

/** The size of the terms that the value at a number is computed from: rounding errors are a few times EPSILON of it. */
export function errorAt(f: PiecewiseFunction, x: number): number {
  const {most, steepest, farthest} = sizesOf(f);
  return most + steepest * (Math.abs(x) + farthest);
}

export interface Sizes {
  /** Largest |value| at a kink, |slope| and |kink|. */
  readonly most: number;
  readonly steepest: number;
  readonly farthest: number;
}

const known = new WeakMap<PiecewiseFunction, Sizes>();

export function sizesOf(f: PiecewiseFunction): Sizes {
  let sizes = known.get(f);
  if (!sizes) {
    const largest = (numbers: Float64Array) => numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
    sizes = {most: largest(f.values), steepest: largest(f.slopes), farthest: f.period ? 0 : largest(f.kinks)};
    known.set(f, sizes);
  }
  return sizes;
}
