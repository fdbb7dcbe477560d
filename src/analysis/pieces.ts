/** Continuous piecewise-linear functions of one variable. */

export interface Pieces {
  /** Where the slope changes, in their order; those that no double lies between may be equal. */
  readonly kinks: Float64Array;
  /** One slope more than there are kinks, from left to right. */
  readonly slopes: Float64Array;
  /** The values at the kinks; at 0 for a function without any. */
  readonly values: Float64Array;
  /** The number of kinks that other weights could give it: two equal slopes of a ReLU pair make none. */
  readonly places: number;
  /** By how much the slope changes at each kink, where that is known although the slopes are the same up to rounding. */
  readonly bends?: Float64Array;
}

/**
 * A function by its kinks, slopes and values at the kinks; kinks at which the slope stays the same are left out: if the
 * bends are not given, by the slopes.
 */
export function pieces(
  kinks: number[],
  slopes: number[],
  values: number[],
  places = kinks.length,
  bends?: number[],
): Pieces {
  const bent = kinks.map((_, i) => i).filter((i) => (bends ? bends[i] !== 0 : slopes[i] !== slopes[i + 1]));
  const pick = (all: number[]) => Float64Array.from(bent, (i) => all[i]);
  const straight = bent.length === 0;
  return {
    kinks: pick(kinks),
    slopes: Float64Array.from([-1, ...bent], (i) => slopes[i + 1]),
    values: straight ? Float64Array.of(values[0] - slopes[0] * kinks[0]) : pick(values),
    places,
    bends: bends && pick(bends),
  };
}

// Shared by all units: a layer may have 10^5 of them.
const NONE = new Float64Array(0);
const ZERO = Float64Array.of(0);

/** x * (x < 0 ? negative : positive). */
export function twoSlopes(negative: number, positive: number): Pieces {
  const bent = negative !== positive;
  const slopes = bent ? Float64Array.of(negative, positive) : Float64Array.of(positive);
  return {kinks: bent ? ZERO : NONE, slopes, values: ZERO, places: 1};
}

/** slope * x + intercept, between two values. */
export function clipped(slope: number, intercept: number, [low, high]: [number, number]): Pieces {
  return pieces([(low - intercept) / slope, (high - intercept) / slope], [0, slope, 0], [low, high]);
}

/** The slope of a piece less that of another one. */
export function slopeChange({slopes, bends}: Pieces, from: number, to: number): number {
  if (!bends) return slopes[to] - slopes[from];
  let change = 0;
  for (let i = from; i < to; i++) change += bends[i];
  for (let i = to; i < from; i++) change -= bends[i];
  return change;
}

/** The number of kinks at or below x: the index of its piece. */
export function pieceAt({kinks}: Pieces, x: number): number {
  if (kinks.length === 1) return Number(kinks[0] <= x);
  let low = 0;
  let high = kinks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kinks[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function valueAt(f: Pieces, x: number): number {
  if (f.kinks.length === 0) return f.values[0] + f.slopes[0] * x;
  const piece = pieceAt(f, x);
  const anchor = Math.max(0, piece - 1);
  return f.values[anchor] + f.slopes[piece] * (x - f.kinks[anchor]);
}

/** The kink that lies strictly between two numbers; the middle one of several, NaN if there is none. */
export function kinkBetween(f: Pieces, low: number, high: number): number {
  const {kinks} = f;
  if (kinks.length === 1) return low < kinks[0] && kinks[0] < high ? kinks[0] : Number.NaN;
  const first = pieceAt(f, low);
  let last = pieceAt(f, high);
  while (last > first && kinks[last - 1] >= high) last--;
  return first < last ? kinks[(first + last) >> 1] : Number.NaN;
}
