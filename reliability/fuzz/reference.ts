/** What the ops mean, in doubles, with a bound of what float32 may do to them. Nothing is shared with src. */

/** Roundoff of float32. */
export const U = 2 ** -24;
/** Below it a backend may take a number for 0. */
export const TINY = 2 ** -126;
/** Sums that could pass it in float32 are not compared. */
export const HUGE = 2 ** 127;

/** What must come out, and by how much it may differ; NaN in `bound` where anything may come out. */
export interface Expected {
  values: Float64Array;
  bound: Float64Array;
}

export const noValues = (size: number): Expected => ({values: new Float64Array(size), bound: new Float64Array(size)});

export type Blocks = readonly [outer: number, units: number, inner: number];

export function blocksOf(shape: readonly number[], axis: number): Blocks {
  const size = (sizes: readonly number[]) => sizes.reduce((product, n) => product * n, 1);
  const at = axis < 0 ? axis + shape.length : axis;
  return [size(shape.slice(0, at)), shape[at], size(shape.slice(at + 1))];
}

/** H x in place, by halves. */
function transform(x: Float64Array): void {
  for (let half = 1; half < x.length; half *= 2) {
    for (let i = 0; i < x.length; i++) {
      if (i & half) continue;
      const [a, b] = [x[i], x[i + half]];
      x[i] = a + b;
      x[i + half] = a - b;
    }
  }
}

/**
 * `scale after H (before x)` along the middle axis. Whatever the order of the additions, each may round the sum of the
 * absolute values: at most 12 times for each factor of two, which is that of products with blocks of 32.
 */
export function walshHadamard(
  x: ArrayLike<number>,
  [outer, n, inner]: Blocks,
  scale: number,
  {before, after}: {before?: ArrayLike<number>; after?: ArrayLike<number>} = {},
): Expected {
  const result = noValues(outer * n * inner);
  const roundings = 12 * Math.log2(n) + 8;
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const start = o * n * inner + c;
      const at = (j: number) => x[start + j * inner];
      const column = Float64Array.from({length: n}, (_, j) => at(j) * (before ? before[j] : 1));
      let [total, flushed, finite, open] = [0, 0, true, false];
      column.forEach((value, j) => {
        if (Number.isFinite(value)) total += Math.abs(value);
        else finite = false;
        // A denormal factor may be taken for 0, and infinity times that is NaN.
        open ||= !Number.isFinite(at(j)) && before !== undefined && Math.abs(before[j]) * Math.min(1, scale) < TINY;
        open ||= before !== undefined && !Number.isFinite(before[j]) && Math.abs(at(j)) < TINY;
        flushed += TINY * (2 + Math.abs(at(j)) + Math.abs(before ? before[j] : 0));
      });
      transform(column);
      for (let i = 0; i < n; i++) {
        const factor = Math.abs(after ? after[i] : 1);
        const place = start + i * inner;
        result.values[place] = scale * column[i] * (after ? after[i] : 1);
        const compared = !open && !(total * Math.max(1, factor) >= HUGE);
        result.bound[place] = Number.NaN;
        if (compared && !finite) result.bound[place] = 0;
        else if (compared) {
          result.bound[place] = roundings * U * total * scale * factor + flushed * factor + TINY * (1 + total);
        }
      }
    }
  }
  return result;
}

/** `x (x < 0 ? negative : positive)`, slopes by `unitOf` the place. x may be off by `bound`. */
export function reluPair(
  {values, bound}: Expected,
  slopes: readonly [negative: ArrayLike<number>, positive: ArrayLike<number>],
  unitOf: (place: number) => number,
): Expected {
  const result = noValues(values.length);
  values.forEach((x, k) => {
    const unit = unitOf(k);
    const [negative, positive] = [slopes[0][unit], slopes[1][unit]];
    const y = x * (x < 0 ? negative : positive);
    // Which slope it is cannot be told within the bound of 0.
    const slope =
      Math.abs(x) <= bound[k]
        ? Math.max(Math.abs(negative), Math.abs(positive))
        : Math.abs(x < 0 ? negative : positive);
    result.values[k] = y;
    result.bound[k] = Number.isFinite(y)
      ? Math.abs(y) + bound[k] * slope < HUGE
        ? 2 * U * Math.abs(y) + bound[k] * slope + TINY * (1 + slope + Math.abs(x))
        : Number.NaN
      : bound[k];
    // A denormal slope may be taken for 0, and infinity times that is NaN.
    const isOpen = (!Number.isFinite(slope) && bound[k] > 0) || (!Number.isFinite(x) && slope < TINY);
    if (isOpen) result.bound[k] = Number.NaN;
  });
  return result;
}

const tent = (w: number, a: number) => (w < 0 || w > 1 ? 0 : w <= a ? w / a : (1 - w) / (1 - a));

/** `sum_i s_i T_i(...T_0(x))`, peaks and scales [channels, depth]; an error grows by the slope of each tent. */
export function triangleWave(
  x: ArrayLike<number>,
  peaks: ArrayLike<number>,
  scales: ArrayLike<number>,
  channels: number,
): Expected {
  const depth = peaks.length / channels;
  const result = noValues(x.length);
  for (let k = 0; k < x.length; k++) {
    let wave = x[k];
    let error = 0;
    for (let i = 0, p = (k % channels) * depth; i < depth; i++, p++) {
      const a = peaks[p];
      // Just beyond 1 by rounding is kept at 1; x itself is exact.
      error = Math.min(1, error * Math.max(1 / a, 1 / (1 - a)) + (4 * U) / Math.min(a, 1 - a));
      wave = tent(Math.min(i > 0 ? 1 : Infinity, wave), a);
      result.values[k] += scales[p] * wave;
      result.bound[k] += Math.abs(scales[p]) * (error + 4 * depth * U) + TINY;
    }
    if (!Number.isFinite(result.values[k])) result.bound[k] = 0;
    else if (Math.abs(result.bound[k]) > HUGE || result.bound[k] / U > HUGE) result.bound[k] = Number.NaN;
  }
  return result;
}

/** The sum of the terms of each unit, added in any order. */
export function sumsByUnit(terms: Expected, units: number, unitOf: (place: number) => number): Expected {
  const result = noValues(units);
  const totals = new Float64Array(units); // of the finite terms
  const counts = new Float64Array(units);
  terms.values.forEach((value, k) => {
    const unit = unitOf(k);
    result.values[unit] += value;
    result.bound[unit] += terms.bound[k];
    if (Number.isFinite(value)) totals[unit] += Math.abs(value);
    counts[unit]++;
  });
  for (let unit = 0; unit < units; unit++) {
    if (!(totals[unit] < HUGE) || Number.isNaN(result.bound[unit])) result.bound[unit] = Number.NaN;
    else if (Number.isFinite(result.values[unit]))
      result.bound[unit] += (counts[unit] + 2) * U * totals[unit] + counts[unit] * TINY;
    else result.bound[unit] = 0;
  }
  return result;
}
