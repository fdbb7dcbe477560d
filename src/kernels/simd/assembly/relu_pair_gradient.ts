/**
 * The derivatives of sum(dy * reluPair(x)) for x [outer, units, inner]: dx by element, which at address 0 is not wanted, and
 * those of the slopes summed over outer and inner. Rows, where inner = 1, are summed in floats, a group at a time: doubles
 * would cost as much as all the rest. More rows than a group, and inner > 1, need `sums` in doubles: [units] for negative,
 * then [units] for positive.
 */

import {accumulate, add, bySign, clear, mul, splat} from './lanes';
import {reluPair} from './relu_pair';

/** Rows whose products are added in floats. */
const GROUP: usize = 8;
/** Bytes of rows that are summed, then multiplied. */
const PIECE: usize = 4096;

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
  if (sums) clear(sums, 16 * units);
  addGradient(x, dy, dx, 0, outer, outer, units, inner, negative, positive, dnegative, dpositive, sums);
  if (sums) storeSums(sums, units, dnegative, dpositive);
}

/** The same for `count` of `outer`, those from `first` on, which come in order: their sums are added. */
export function addGradient(
  x: usize,
  dy: usize,
  dx: usize,
  first: usize,
  count: usize,
  outer: usize,
  units: usize,
  inner: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  sums: usize,
): void {
  if (units == 1 && sums) {
    inner *= count;
    count = 1;
  } else if (inner == 1) {
    const row: usize = 4 * units;
    for (let o: usize = 0; o < count; o += GROUP) {
      const rows = min(GROUP, count - o);
      for (let c: usize = 0; c < row; c += PIECE) {
        const size = min(PIECE, row - c);
        addRows(
          x + c,
          dy + c,
          dx ? dx + c : 0,
          first + o,
          rows,
          outer,
          row,
          size,
          negative + c,
          positive + c,
          dnegative + c,
          dpositive + c,
          sums ? sums + 2 * c : 0,
        );
      }
      x += rows * row;
      dy += rows * row;
      if (dx) dx += rows * row;
    }
    return;
  }
  const run: usize = 4 * inner;
  for (let o: usize = 0; o < count; o++) {
    if (dx) {
      reluPair(x, dy, dx, 1, units, inner, negative, positive);
      dx += units * run;
    }
    for (let sum = sums, end = sums + 8 * units; sum < end; sum += 8, x += run, dy += run) {
      addUnit(x, dy, run, sum, sum + 8 * units);
    }
  }
}

export function storeSums(sums: usize, units: usize, dnegative: usize, dpositive: usize): void {
  for (let u: usize = 0; u < units; u++) {
    store<f32>(dnegative + 4 * u, <f32>load<f64>(sums + 8 * u));
    store<f32>(dpositive + 4 * u, <f32>load<f64>(sums + 8 * (units + u)));
  }
}

/** `size` bytes of `count` rows, all of one group: dnegative and dpositive hold its sums until it ends. */
export function addRows(
  x: usize,
  dy: usize,
  dx: usize,
  first: usize,
  count: usize,
  outer: usize,
  row: usize,
  size: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  sums: usize,
): void {
  const isNew = (first & (GROUP - 1)) == 0;
  const all = count * row;
  let i: usize = 0;
  for (const end = size & ~63; i < end; i += 64) {
    addLine(x + i, dy + i, all, row, dnegative + i, dpositive + i, isNew);
  }
  for (const end = size & ~15; i < end; i += 16) {
    addColumns<v128>(x + i, dy + i, all, row, dnegative + i, dpositive + i, isNew);
  }
  for (; i < size; i += 4) {
    addColumns<f32>(x + i, dy + i, all, row, dnegative + i, dpositive + i, isNew);
  }
  const next = first + count;
  if (sums && ((next & (GROUP - 1)) == 0 || next == outer)) {
    endGroup(sums, dnegative, size);
    endGroup(sums + 2 * row, dpositive, size);
  }
  if (!dx) return;
  if (size == row) reluPair(x, dy, dx, count, size / 4, 1, negative, positive);
  else for (let k: usize = 0; k < all; k += row) reluPair(x + k, dy + k, dx + k, 1, size / 4, 1, negative, positive);
}

/** The product where v < 0, else 0. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function below(v: v128, product: v128): v128 {
  return v128.and(product, f32x4.lt(v, f32x4.splat(0)));
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function above(v: v128, product: v128): v128 {
  return v128.andnot(product, f32x4.lt(v, f32x4.splat(0)));
}

/**
 * 16 columns, a line of the cache: places of rows a large power of two apart drive each other out, so each is read once.
 * Written out, as in `blocks`.
 */
function addLine(
  x: usize,
  dy: usize,
  all: usize,
  row: usize,
  dnegative: usize,
  dpositive: usize,
  isNew: bool,
): void {
  let b0 = f32x4.splat(0);
  let b1 = b0;
  let b2 = b0;
  let b3 = b0;
  let a0 = b0;
  let a1 = b0;
  let a2 = b0;
  let a3 = b0;
  if (!isNew) {
    b0 = v128.load(dnegative);
    b1 = v128.load(dnegative, 16);
    b2 = v128.load(dnegative, 32);
    b3 = v128.load(dnegative, 48);
    a0 = v128.load(dpositive);
    a1 = v128.load(dpositive, 16);
    a2 = v128.load(dpositive, 32);
    a3 = v128.load(dpositive, 48);
  }
  for (const end = x + all; x < end; x += row, dy += row) {
    const v0 = v128.load(x);
    const p0 = f32x4.mul(v0, v128.load(dy));
    b0 = f32x4.add(b0, below(v0, p0));
    a0 = f32x4.add(a0, above(v0, p0));
    const v1 = v128.load(x, 16);
    const p1 = f32x4.mul(v1, v128.load(dy, 16));
    b1 = f32x4.add(b1, below(v1, p1));
    a1 = f32x4.add(a1, above(v1, p1));
    const v2 = v128.load(x, 32);
    const p2 = f32x4.mul(v2, v128.load(dy, 32));
    b2 = f32x4.add(b2, below(v2, p2));
    a2 = f32x4.add(a2, above(v2, p2));
    const v3 = v128.load(x, 48);
    const p3 = f32x4.mul(v3, v128.load(dy, 48));
    b3 = f32x4.add(b3, below(v3, p3));
    a3 = f32x4.add(a3, above(v3, p3));
  }
  v128.store(dnegative, b0);
  v128.store(dnegative, b1, 16);
  v128.store(dnegative, b2, 32);
  v128.store(dnegative, b3, 48);
  v128.store(dpositive, a0);
  v128.store(dpositive, a1, 16);
  v128.store(dpositive, a2, 32);
  v128.store(dpositive, a3, 48);
}

/** One column, or four. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function addColumns<T>(
  x: usize,
  dy: usize,
  all: usize,
  row: usize,
  dnegative: usize,
  dpositive: usize,
  isNew: bool,
): void {
  let belows = isNew ? splat<T>(0) : load<T>(dnegative);
  let aboves = isNew ? splat<T>(0) : load<T>(dpositive);
  for (const end = x + all; x < end; x += row, dy += row) {
    const v = load<T>(x);
    const product = mul<T>(v, load<T>(dy));
    belows = add<T>(belows, bySign<T>(v, product, splat<T>(0)));
    aboves = add<T>(aboves, bySign<T>(v, splat<T>(0), product));
  }
  store<T>(dnegative, belows);
  store<T>(dpositive, aboves);
}

/** Sums in doubles grow by `size` bytes of those in floats. */
function endGroup(sums: usize, floats: usize, size: usize): void {
  let i: usize = 0;
  for (const end = size & ~15; i < end; i += 16) accumulate<v128>(sums + 2 * i, v128.load(floats + i));
  for (; i < size; i += 4) accumulate<f32>(sums + 2 * i, load<f32>(floats + i));
}

/** `run` bytes of one unit. */
function addUnit(x: usize, dy: usize, run: usize, belowSum: usize, aboveSum: usize): void {
  let belows = f64x2.splat(0);
  let aboves = belows;
  let i: usize = 0;
  for (const end = run & ~15; i < end; i += 16) {
    const v = v128.load(x + i);
    const product = f32x4.mul(v, v128.load(dy + i));
    belows = f64x2.add(belows, pairs(below(v, product)));
    aboves = f64x2.add(aboves, pairs(above(v, product)));
  }
  accumulate<f64>(belowSum, f64x2.extract_lane(belows, 0) + f64x2.extract_lane(belows, 1));
  accumulate<f64>(aboveSum, f64x2.extract_lane(aboves, 0) + f64x2.extract_lane(aboves, 1));
  for (; i < run; i += 4) {
    const v = load<f32>(x + i);
    accumulate<f64>(v < 0 ? belowSum : aboveSum, <f64>v * <f64>load<f32>(dy + i));
  }
}

/** The sums of values 0 and 2, and of 1 and 3, in doubles. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function pairs(v: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
}
