/**
 * Rows that are larger than the cache, [outer, n], in three steps through memory: the transforms of their eighths; tiles,
 * some columns of all eighths, in which the last level ends, the slopes are applied, and the transform back begins; and the
 * eighths again. A tile is copied to a place of its own, for places a large power of two apart drive each other out of caches.
 */

import {accumulate, clear} from './lanes';
import {pass} from './passes';
import {storeSums} from './relu_pair_gradient';
import {walshHadamard} from './walsh_hadamard';

const PARTS: usize = 8;
/** Bytes of one part in a tile. */
const WIDTH: usize = 256;
const TILE: usize = PARTS * WIDTH;
/** Products that are added in floats before they go to the sums in doubles. */
const GROUP: usize = 8;

/** Each eighth of a row by itself. */
function parts(x: usize, y: usize, n: usize, scale: f32, before: usize, after: usize): void {
  const size = (4 * n) / PARTS;
  for (let at: usize = 0; at < PARTS * size; at += size) {
    const own = after ? after + at : 0;
    walshHadamard(x + at, y + at, 1, n / PARTS, 1, scale, before ? before + at : 0, own, own);
  }
}

/**
 * As `whtReLUPairGradient`, for inner = 1. Row by row: one is still in the cache of all cores when the next step takes it. In
 * scratch are a tile, z of a row where dx is 0, and two doubles for each of n if there are more rows than a group.
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
  const sums = scratch + TILE + (dx ? 0 : row);
  if (outer > GROUP) clear(sums, 4 * row);
  for (let o: usize = 0; o < outer; o++, x += row, dy += row) {
    const z = dx ? dx + o * row : scratch + TILE;
    const isFirst = (o & (GROUP - 1)) == 0;
    parts(x, z, n, scale, signs, 0);
    for (let c: usize = 0; c < part; c += WIDTH) {
      move(z + c, part, scratch, WIDTH);
      pass(3, scratch, TILE, WIDTH);
      for (let p: usize = 0, at = c; p < PARTS; p++, at += part) {
        const tile = scratch + p * WIDTH;
        if (isFirst) multiply(true, tile, dy + at, negative + at, positive + at, dnegative + at, dpositive + at);
        else multiply(false, tile, dy + at, negative + at, positive + at, dnegative + at, dpositive + at);
      }
      if (!dx) continue;
      pass(3, scratch, TILE, WIDTH);
      move(scratch, WIDTH, z + c, part);
    }
    if (dx) parts(z, z, n, scale, 0, signs);
    if (outer > GROUP && ((o & (GROUP - 1)) == GROUP - 1 || o == outer - 1)) {
      for (let i: usize = 0; i < row; i += 16) {
        accumulate(sums + 2 * i, v128.load(dnegative + i));
        accumulate(sums + 2 * (row + i), v128.load(dpositive + i));
      }
    }
  }
  if (outer > GROUP) storeSums(sums, n, dnegative, dpositive);
}

/** The parts of a tile, from places at a distance to places at another one. */
function move(from: usize, fromDistance: usize, to: usize, toDistance: usize): void {
  for (let p: usize = 0; p < PARTS; p++, from += fromDistance, to += toDistance) {
    for (let i: usize = 0; i < WIDTH; i += 16) v128.store(to + i, v128.load(from + i));
  }
}

/** In place, z becomes its derivative; the products go to the sums, of which those of the first row of a group are new. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function multiply(
  isFirst: bool,
  z: usize,
  dy: usize,
  negative: usize,
  positive: usize,
  below: usize,
  above: usize,
): void {
  for (let i: usize = 0; i < WIDTH; i += 16) {
    const v = v128.load(z + i);
    const g = v128.load(dy + i);
    const isBelow = f32x4.lt(v, f32x4.splat(0));
    const product = f32x4.mul(g, v);
    const belows = v128.and(product, isBelow);
    const aboves = v128.andnot(product, isBelow);
    v128.store(below + i, isFirst ? belows : f32x4.add(v128.load(below + i), belows));
    v128.store(above + i, isFirst ? aboves : f32x4.add(v128.load(above + i), aboves));
    v128.store(z + i, f32x4.mul(g, v128.bitselect(v128.load(negative + i), v128.load(positive + i), isBelow)));
  }
}
