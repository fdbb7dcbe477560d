/** Continuous piecewise-linear functions of one variable. */

import {fail} from '../../errors';

export interface PiecewiseFunction {
  /** Where the slope changes, in order; those that no double lies between may be equal. */
  readonly kinks: Float64Array;
  /** One slope more than there are kinks, from left to right. */
  readonly slopes: Float64Array;
  /** The values at the kinks; at 0 for a function without any. */
  readonly values: Float64Array;
  /** The number of kinks that other weights could give it: two equal slopes of a ReLU pair make none. */
  readonly possibleKinks: number;
  /** Other weights could give it other slopes. */
  readonly trainable?: boolean;
  /** The function repeats at this distance: kinks are those of one period, the last slope is the first. */
  readonly period?: number;
  /** Numbers that it is given without any rounding, because the function before has them at its kinks. */
  readonly exactInputs?: readonly [number, number];
  /** By how much the slope changes at each kink, where that is known although the slopes are the same up to rounding. */
  readonly slopeChanges?: Float64Array;
}

/**
 * A function by its kinks, slopes and values at the kinks; kinks at which the slope stays the same are left out: if
 * their changes are not given, by the slopes.
 */
export function piecewiseFunction(
  kinks: number[],
  slopes: number[],
  values: number[],
  possibleKinks = kinks.length,
  slopeChanges?: number[],
): PiecewiseFunction {
  const bent = kinks
    .map((_, i) => i)
    .filter((i) => (slopeChanges ? slopeChanges[i] !== 0 : slopes[i] !== slopes[i + 1]));
  const pick = (all: number[]) => Float64Array.from(bent, (i) => all[i]);
  const straight = bent.length === 0;
  return {
    kinks: pick(kinks),
    slopes: Float64Array.from([-1, ...bent], (i) => slopes[i + 1]),
    values: straight ? Float64Array.of(values[0] - slopes[0] * kinks[0]) : pick(values),
    possibleKinks,
    slopeChanges: slopeChanges && pick(slopeChanges),
  };
}

// Shared by all units: a layer may have 10^5 of them.
const NONE = new Float64Array(0);
const ZERO = Float64Array.of(0);

/** x * (x < 0 ? negative : positive); `trainable` if a slope is a weight. */
export function twoSlopes(negative: number, positive: number, trainable = false): PiecewiseFunction {
  const bent = negative !== positive;
  const slopes = bent ? Float64Array.of(negative, positive) : Float64Array.of(positive);
  return {kinks: bent ? ZERO : NONE, slopes, values: ZERO, possibleKinks: 1, trainable};
}

/** slope * x + intercept, between two values. */
export function clipped(slope: number, intercept: number, [low, high]: [number, number]): PiecewiseFunction {
  return piecewiseFunction([(low - intercept) / slope, (high - intercept) / slope], [0, slope, 0], [low, high]);
}

/** The zigzag through (0, 0), (1, 1), (2, 0): the distance to the nearest even number. */
export const ZIGZAG: PiecewiseFunction = {
  kinks: Float64Array.of(0, 1),
  slopes: Float64Array.of(-1, 1, -1),
  values: Float64Array.of(0, 1),
  possibleKinks: 2,
  period: 2,
};

/** How many kinks there are. */
export const kinkCount = ({kinks, period}: PiecewiseFunction): number => (period ? Infinity : kinks.length);

/** Kink i; those of a function that repeats have all integers for numbers. */
export function kinkAt({kinks, period}: PiecewiseFunction, i: number): number {
  if (!period) return kinks[i];
  const turn = Math.floor(i / kinks.length);
  return kinks[i - turn * kinks.length] + turn * period;
}

/** The slope of the piece before kink i. */
export function slopeAt({kinks, slopes, period}: PiecewiseFunction, i: number): number {
  return slopes[period ? i - Math.floor(i / kinks.length) * kinks.length : i];
}

/** The slope of a piece less that of another one. */
export function slopeChange(f: PiecewiseFunction, from: number, to: number): number {
  const {slopeChanges} = f;
  if (!slopeChanges) return slopeAt(f, to) - slopeAt(f, from);
  let change = 0;
  for (let i = from; i < to; i++) change += slopeChanges[i];
  for (let i = to; i < from; i++) change -= slopeChanges[i];
  return change;
}

/** Beyond it, of a function that repeats, rounding would be more than a thousandth of a piece. */
const FARTHEST = 2 ** 40;

/** The number of kinks at or below x, of those from kink 0 on: the index of its piece. */
export function pieceAt(f: PiecewiseFunction, x: number): number {
  const {kinks, period} = f;
  if (kinks.length === 1) return Number(kinks[0] <= x);
  if (period) {
    if (!(Math.abs(x) < FARTHEST)) {
      const fix = 'So far out doubles do not tell the folds apart: look at inputs nearer to the domain.';
      fail('analysis', 'a layer that folds its input must be less than 2^40 domains from 0', String(x), fix);
    }
    const turn = Math.floor((x - kinks[0]) / period);
    let piece = turn * kinks.length + piecesBelow(kinks, x - turn * period);
    while (kinkAt(f, piece) <= x) piece++; // the difference was rounded
    while (kinkAt(f, piece - 1) > x) piece--;
    return piece;
  }
  return piecesBelow(kinks, x);
}

function piecesBelow(kinks: Float64Array, x: number): number {
  let low = 0;
  let high = kinks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kinks[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function valueAt(f: PiecewiseFunction, x: number): number {
  const [start, change] = termsAt(f, x);
  return start + change;
}

/** The two terms of the value at x: the value at a kink beside it, and the change from there. */
export function termsAt(f: PiecewiseFunction, x: number): [start: number, change: number] {
  if (f.kinks.length === 0) return [f.values[0], f.slopes[0] * x];
  const piece = pieceAt(f, x);
  if (f.period) {
    const own = (((piece - 1) % f.kinks.length) + f.kinks.length) % f.kinks.length;
    return [f.values[own], slopeAt(f, piece) * (x - kinkAt(f, piece - 1))];
  }
  const anchor = Math.max(0, piece - 1);
  return [f.values[anchor], f.slopes[piece] * (x - f.kinks[anchor])];
}

/** The smallest and the largest value between two numbers. */
export function rangeOf(f: PiecewiseFunction, low: number, high: number): [least: number, most: number] {
  if (f.period && high - low >= f.period) return [Math.min(...f.values), Math.max(...f.values)];
  const values = [endValue(f, low), endValue(f, high)];
  for (let i = pieceAt(f, low); i < kinkCount(f) && kinkAt(f, i) < high; i++) values.push(valueAt(f, kinkAt(f, i)));
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** The value at a number, or the limit at plus or minus infinity of a function that does not repeat. */
function endValue(f: PiecewiseFunction, x: number): number {
  if (Number.isFinite(x)) return valueAt(f, x);
  const slope = f.slopes[pieceAt(f, x)];
  return slope === 0 ? f.values[x < 0 ? 0 : f.values.length - 1] : slope * x;
}

/** The kink that lies strictly between two numbers; the middle one of several, NaN if there is none. */
export function kinkBetween(f: PiecewiseFunction, low: number, high: number): number {
  const {kinks} = f;
  if (kinks.length === 1) return low < kinks[0] && kinks[0] < high ? kinks[0] : Number.NaN;
  const first = pieceAt(f, low);
  let last = pieceAt(f, high);
  while (last > first && kinkAt(f, last - 1) >= high) last--;
  return first < last ? kinkAt(f, (first + last) >> 1) : Number.NaN;
}
