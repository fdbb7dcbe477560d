/**
 * Rows that are larger than the cache, [outer, n], in three steps through memory: the transforms of their eighths; tiles,
 * some columns of all eighths, in which the last level ends, the slopes are applied, and the transform back begins; and the
 * eighths again. A tile is copied to a place of its own, for places a large power of two apart drive each other out of caches.
 */

import {butterfly8} from './butterflies';
import {accumulate, clear} from './lanes';
import {storeSums} from './relu_pair_gradient';
import {walshHadamard} from './walsh_hadamard';

const PARTS: usize = 8;
/** Bytes of one part in a tile. */
const WIDTH: usize = 256;
const TILE: usize = PARTS * WIDTH;
/** Rows that take the steps together: they share signs, slopes and sums, each of which is as long as a row. */
const SHARING: usize = 4;
/** Products that are added in floats before they go to the sums in doubles. */
const GROUP: usize = 8;

/** Each eighth of `rows` rows by itself. */
function parts(x: usize, y: usize, rows: usize, n: usize, scale: f32, before: usize, after: usize): void {
  const size = (4 * n) / PARTS;
  for (let at: usize = 0; at < PARTS * size; at += size) {
    const own = after ? after + at : 0;
    for (let r: usize = 0, k = at; r < rows; r++, k += 4 * n) {
      walshHadamard(x + k, y + k, 1, n / PARTS, 1, scale, before ? before + at : 0, own, own);
    }
  }
}

/**
 * As `whtReLUPairGradient`, for inner = 1. Few rows at a time: they are still in the cache of all cores when the next step
 * takes them. In scratch are their tiles, z of as many rows where dx is 0, and two doubles for each of n if there are more rows
 * than a group.
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
  const sums = scratch + SHARING * TILE + (dx ? 0 : min(outer, SHARING) * row);
  if (outer > GROUP) clear(sums, 4 * row);
  for (let o: usize = 0; o < outer; o += SHARING, x += SHARING * row, dy += SHARING * row) {
    const count = min(SHARING, outer - o);
    const z = dx ? dx + o * row : scratch + SHARING * TILE;
    parts(x, z, count, n, scale, signs, 0);
    const isFirst = (o & (GROUP - 1)) == 0;
    for (let c: usize = 0; c < part; c += WIDTH) {
      for (let r: usize = 0; r < count; r++) level(z + r * row + c, part, scratch + r * TILE, WIDTH);
      for (let p: usize = 0, tile = scratch, at = c; p < PARTS; p++, tile += WIDTH, at += part) {
        const up = dy + at;
        if (isFirst) multiply(true, count, row, tile, up, negative + at, positive + at, dnegative + at, dpositive + at);
        else multiply(false, count, row, tile, up, negative + at, positive + at, dnegative + at, dpositive + at);
      }
      if (dx) for (let r: usize = 0; r < count; r++) level(scratch + r * TILE, WIDTH, z + r * row + c, part);
    }
    if (dx) parts(z, z, count, n, scale, 0, signs);
    if (outer > GROUP && (((o + count) & (GROUP - 1)) == 0 || o + count == outer)) {
      for (let i: usize = 0; i < row; i += 16) {
        accumulate(sums + 2 * i, v128.load(dnegative + i));
        accumulate(sums + 2 * (row + i), v128.load(dpositive + i));
      }
    }
  }
  if (outer > GROUP) storeSums(sums, n, dnegative, dpositive);
}

/** Butterflies of the parts of a tile, from places at a distance to places at another one. */
function level(from: usize, fromDistance: usize, to: usize, toDistance: usize): void {
  for (let i: usize = 0; i < WIDTH; i += 16) {
    butterfly8<v128>(false, from + i, fromDistance, to + i, toDistance, f32x4.splat(1));
  }
}

/** In place, the tiles of rows become their derivatives; the products are new sums, or go to those that are there. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function multiply(
  isFirst: bool,
  rows: usize,
  row: usize,
  tile: usize,
  dy: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
): void {
  for (let i: usize = 0; i < WIDTH; i += 16) {
    const below = v128.load(negative + i);
    const above = v128.load(positive + i);
    let belows = isFirst ? f32x4.splat(0) : v128.load(dnegative + i);
    let aboves = isFirst ? f32x4.splat(0) : v128.load(dpositive + i);
    for (let z = tile + i, g = dy + i, end = z + rows * TILE; z < end; z += TILE, g += row) {
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
