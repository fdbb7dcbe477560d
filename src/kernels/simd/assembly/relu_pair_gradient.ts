/**
 * The derivatives of sum(dy * reluPair(x)) for x [outer, units, inner]: dx by element, those of the slopes summed over
 * outer and inner in doubles, in `sums`: [units] for negative, then [units] for positive.
 */

import {accumulate, bySign, clear, mul, splat} from './lanes';

/** Lines this far apart share a place for eight in the first cache: of x, dy and dx, four rows would drive each other out. */
const SET: usize = 4096;

export function reluPairGradient(
  x: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  units: usize,
  inner: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  sums: usize,
): void {
  clear(sums, 16 * units);
  addGradient(x, dy, dx, outer, units, inner, negative, positive, sums);
  storeSums(sums, units, dnegative, dpositive);
}

/** The sums alone. */
export function reluPairSlopes(
  x: usize,
  dy: usize,
  outer: usize,
  units: usize,
  inner: usize,
  dnegative: usize,
  dpositive: usize,
  sums: usize,
): void {
  clear(sums, 16 * units);
  // Any slopes serve: they have no part in their own derivatives.
  addGradient(x, dy, 0, outer, units, inner, sums, sums, sums);
  storeSums(sums, units, dnegative, dpositive);
}

/** dx, which may be x, or at address 0 is not wanted, and the sums that grow. */
export function addGradient(
  x: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  units: usize,
  inner: usize,
  negative: usize,
  positive: usize,
  sums: usize,
): void {
  if (units == 1) {
    inner *= outer;
    outer = 1;
  }
  if (inner == 1) {
    const row: usize = 4 * units;
    const group: usize = row & (SET - 1) ? 4 : 2;
    const size = group * row;
    for (let o: usize = 0; o < outer; o += group, x += size, dy += size, dx += dx ? size : 0) {
      rows(min(group, outer - o), x, dy, dx, row, negative, positive, sums);
    }
  } else {
    const run: usize = 4 * inner;
    for (let o: usize = 0; o < outer; o++) {
      for (let u: usize = 0; u < units; u++, x += run, dy += run, dx += dx ? run : 0) {
        const below = load<f32>(negative + 4 * u);
        const above = load<f32>(positive + 4 * u);
        unit(x, dy, dx, run, below, above, sums + 8 * u, sums + 8 * (units + u));
      }
    }
  }
}

export function storeSums(sums: usize, units: usize, dnegative: usize, dpositive: usize): void {
  for (let u: usize = 0; u < units; u++) {
    store<f32>(dnegative + 4 * u, <f32>load<f64>(sums + 8 * u));
    store<f32>(dpositive + 4 * u, <f32>load<f64>(sums + 8 * (units + u)));
  }
}

/** `count` rows. Their products are added in floats, then to the sums: doubles cost as much as all the rest. */
function rows(
  count: usize,
  x: usize,
  dy: usize,
  dx: usize,
  row: usize,
  negative: usize,
  positive: usize,
  sums: usize,
): void {
  const positiveSums = sums + 2 * row;
  let i: usize = 0;
  for (const end = row & ~15; i < end; i += 16) {
    const below = v128.load(negative + i);
    const above = v128.load(positive + i);
    let belows = f32x4.splat(0);
    let aboves = f32x4.splat(0);
    for (let r: usize = 0, k = i; r < count; r++, k += row) {
      const v = v128.load(x + k);
      const g = v128.load(dy + k);
      const isBelow = f32x4.lt(v, f32x4.splat(0));
      if (dx) v128.store(dx + k, f32x4.mul(g, v128.bitselect(below, above, isBelow)));
      const product = f32x4.mul(g, v);
      belows = f32x4.add(belows, v128.and(product, isBelow));
      aboves = f32x4.add(aboves, v128.andnot(product, isBelow));
    }
    accumulate(sums + 2 * i, belows);
    accumulate(positiveSums + 2 * i, aboves);
  }
  for (; i < row; i += 4) {
    for (let r: usize = 0, k = i; r < count; r++, k += row) {
      const below = load<f32>(negative + i);
      const above = load<f32>(positive + i);
      single(x + k, dy + k, dx ? dx + k : 0, below, above, sums + 2 * i, positiveSums + 2 * i);
    }
  }
}

/** `run` bytes of one unit. */
function unit(
  x: usize,
  dy: usize,
  dx: usize,
  run: usize,
  below: f32,
  above: f32,
  belowSum: usize,
  aboveSum: usize,
): void {
  const none = f64x2.splat(0);
  let belows = none;
  let aboves = none;
  let i: usize = 0;
  for (const end = run & ~15; i < end; i += 16) {
    const v = v128.load(x + i);
    const g = v128.load(dy + i);
    if (dx) v128.store(dx + i, mul<v128>(g, bySign<v128>(v, splat<v128>(below), splat<v128>(above))));
    const isBelow = f32x4.lt(v, f32x4.splat(0));
    const product = f32x4.mul(g, v);
    belows = f64x2.add(belows, pairs(v128.and(product, isBelow)));
    aboves = f64x2.add(aboves, pairs(v128.andnot(product, isBelow)));
  }
  store<f64>(belowSum, load<f64>(belowSum) + f64x2.extract_lane(belows, 0) + f64x2.extract_lane(belows, 1));
  store<f64>(aboveSum, load<f64>(aboveSum) + f64x2.extract_lane(aboves, 0) + f64x2.extract_lane(aboves, 1));
  for (; i < run; i += 4) single(x + i, dy + i, dx ? dx + i : 0, below, above, belowSum, aboveSum);
}

/** The sums of values 0 and 2, and of 1 and 3, in doubles. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function pairs(v: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
}

function single(x: usize, dy: usize, dx: usize, below: f32, above: f32, belowSum: usize, aboveSum: usize): void {
  const v = load<f32>(x);
  const g = load<f32>(dy);
  if (dx) store<f32>(dx, g * bySign<f32>(v, below, above));
  const sum = v < 0 ? belowSum : aboveSum;
  store<f64>(sum, load<f64>(sum) + <f64>g * <f64>v);
}
