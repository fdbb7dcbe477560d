/** Continuous piecewise-linear functions of one variable. */

export interface Pieces {
  /** Where the slope changes, in increasing order. */
  readonly kinks: Float64Array;
  /** One slope more than there are kinks, from left to right. */
  readonly slopes: Float64Array;
  /** The values at the kinks; at 0 for a function without any. */
  readonly values: Float64Array;
  /** The number of kinks that other weights could give it: two equal slopes of a ReLU pair make none. */
  readonly places: number;
}

/** A function by its kinks, slopes and values at the kinks; kinks at which the slope stays the same are left out. */
export function pieces(kinks: number[], slopes: number[], values: number[], places = kinks.length): Pieces {
  const bends = kinks.map((_, i) => i).filter((i) => slopes[i] !== slopes[i + 1]);
  const pick = (all: number[]) => Float64Array.from(bends, (i) => all[i]);
  const straight = bends.length === 0;
  return {
    kinks: pick(kinks),
    slopes: Float64Array.from([-1, ...bends], (i) => slopes[i + 1]),
    values: straight ? Float64Array.of(values[0] - slopes[0] * kinks[0]) : pick(values),
    places,
  };
}

/** x * (x < 0 ? negative : positive). */
export const twoSlopes = (negative: number, positive: number): Pieces => pieces([0], [negative, positive], [0]);

/** slope * x + intercept, between two values. */
export function clipped(slope: number, intercept: number, [low, high]: [number, number]): Pieces {
  return pieces([(low - intercept) / slope, (high - intercept) / slope], [0, slope, 0], [low, high]);
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
