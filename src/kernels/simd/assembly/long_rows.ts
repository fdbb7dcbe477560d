/**
 * Rows that are larger than the cache, in two steps through memory, their gradient in three: the transforms of their eighths;
 * runs, some columns of all eighths, in which the last level ends, the slopes are applied, and in the gradient the transform
 * back begins; and the eighths again. All rows take a step together, so what is as long as a row is read once for all of them.
 * Sizes are in bytes.
 */

import {butterfly8} from './butterflies';
import {accumulate, clear} from './lanes';
import {pass} from './passes';
import {storeSums} from './relu_pair_gradient';
import {BLOCK, CACHE, levels, rows, splitBits} from './rows';
import {slopeRows} from './scaling';

const PARTS: usize = 8;
/** Bytes of a run in one part, a page of memory at most: caches foresee short runs badly. */
const WIDTH: usize = 4096;
/** Shorter rows have shorter runs, whose tiles stay in the nearest cache. */
const MIN_WIDTH: usize = 256;
/** Places a large power of two apart drive each other out of caches: so in a tile they are not. */
const PITCH: usize = WIDTH + 192;
const TILE: usize = PARTS * PITCH;
/** Rows that take the first step in turns, and each step of the gradient together. */
const SHARING: usize = 4;
/** Products that are added in floats before they go to the sums in doubles. */
const GROUP: usize = 8;

/** As `walshHadamard`, for rows of 8 * WIDTH and more. */
export function longRows(
  x: usize,
  y: usize,
  outer: usize,
  row: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
): void {
  const part = row / PARTS;
  eighths(x, y, outer, row, scale, before);
  for (let c: usize = 0; c < part; c += WIDTH) {
    for (let o: usize = 0, z = y; o < outer; o++, z += row) {
      level(z + c, part, z + c, part, WIDTH);
      if (below) for (let at = c; at < row; at += part) slopeRows(z + at, WIDTH, WIDTH, below + at, above + at);
    }
  }
}

/** The eighths of rows, each by itself. Those that the nearest cache holds are done one by one, or the next would drive it out. */
function eighths(x: usize, y: usize, outer: usize, row: usize, scale: f32, before: usize): void {
  const part = row / PARTS;
  const sharing = part > CACHE ? SHARING : 1;
  for (let at: usize = 0; at < row; at += part) {
    for (let o: usize = 0, k = at; o < outer; o += sharing, k += sharing * row) {
      levels(x + k, y + k, part, part, min(sharing, outer - o), row, scale, before ? before + at : 0, BLOCK);
    }
  }
}

/** In place, a row whose parts come last: they are multiplied by `after` while they are near. */
function descend(y: usize, row: usize, scale: f32, after: usize): void {
  if (row <= CACHE) {
    rows(y, y, row, row, scale, 0, after, after);
    return;
  }
  const bits = splitBits(row);
  const h = row >> bits;
  pass(bits, y, row, h);
  for (let i: usize = 0; i < row; i += h) descend(y + i, h, scale, after + i);
}

/**
 * As `whtReLUPairGradient`, for inner = 1. In scratch are tiles of SHARING rows, z of as many where dx is 0, and two doubles
 * for each of n if there are more rows than a group.
 */
export function longRowsGradient(
  x: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  n: usize,
  scale: f32,
  signs: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  scratch: usize,
): void {
  const row: usize = 4 * n;
  const part = row / PARTS;
  const width = min(WIDTH, max(MIN_WIDTH, part / 16));
  const sums = scratch + SHARING * TILE + (dx ? 0 : min(outer, SHARING) * row);
  if (outer > GROUP) clear(sums, 4 * row);
  for (let o: usize = 0; o < outer; o += SHARING, x += SHARING * row, dy += SHARING * row) {
    const count = min(SHARING, outer - o);
    const z = dx ? dx + o * row : scratch + SHARING * TILE;
    eighths(x, z, count, row, scale, signs);
    const isFirst = (o & (GROUP - 1)) == 0;
    for (let c: usize = 0; c < part; c += width) {
      for (let r: usize = 0; r < count; r++) level(z + r * row + c, part, scratch + r * TILE, PITCH, width);
      for (let p: usize = 0, tile = scratch, at = c; p < PARTS; p++, tile += PITCH, at += part) {
        const up = dy + at;
        multiply(isFirst, count, row, tile, width, up, negative + at, positive + at, dnegative + at, dpositive + at);
      }
      if (dx) for (let r: usize = 0; r < count; r++) level(scratch + r * TILE, PITCH, z + r * row + c, part, width);
    }
    if (dx) {
      for (let at: usize = 0; at < row; at += part) {
        for (let r: usize = 0; r < count; r++) descend(z + r * row + at, part, scale, signs + at);
      }
    }
    if (outer > GROUP && (((o + count) & (GROUP - 1)) == 0 || o + count == outer)) {
      for (let i: usize = 0; i < row; i += 16) {
        accumulate(sums + 2 * i, v128.load(dnegative + i));
        accumulate(sums + 2 * (row + i), v128.load(dpositive + i));
      }
    }
  }
  if (outer > GROUP) storeSums(sums, n, dnegative, dpositive);
}

/** Butterflies of `width` columns of the parts, from places at a distance to places at another one. */
function level(from: usize, fromDistance: usize, to: usize, toDistance: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 16) {
    butterfly8<v128>(false, from + i, fromDistance, to + i, toDistance, f32x4.splat(1));
  }
}

/** In place, the tiles of rows become their derivatives; the products are new sums, or go to those that are there. */
function multiply(
  isFirst: bool,
  count: usize,
  row: usize,
  tile: usize,
  width: usize,
  dy: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
): void {
  for (let i: usize = 0; i < width; i += 16) {
    const below = v128.load(negative + i);
    const above = v128.load(positive + i);
    let belows = isFirst ? f32x4.splat(0) : v128.load(dnegative + i);
    let aboves = isFirst ? f32x4.splat(0) : v128.load(dpositive + i);
    for (let z = tile + i, g = dy + i, end = z + count * TILE; z < end; z += TILE, g += row) {
      const v = v128.load(z);
      const up = v128.load(g);
      const isBelow = f32x4.lt(v, f32x4.splat(0));
      const product = f32x4.mul(up, v);
      belows = f32x4.add(belows, v128.and(product, isBelow));
      aboves = f32x4.add(aboves, v128.andnot(product, isBelow));
      v128.store(z, f32x4.mul(up, v128.bitselect(below, above, isBelow)));
    }
    v128.store(dnegative + i, belows);
    v128.store(dpositive + i, aboves);
  }
}
