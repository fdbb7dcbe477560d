/** Rows of four values and more, the smallest distances first: x is read in order, which caches foresee. Sizes are in bytes. */

import {blocks, vectors} from './blocks';
import {octets} from './octets';
import {pass, radixBits} from './passes';
import {slopeRows} from './scaling';

/** Parts up to this size are done pass by pass. */
export const CACHE: usize = 16384;
/** The levels of smaller distance are those of `blocks`. */
export const BLOCK: usize = 128;
/** Bytes of a turn. */
const TURN: usize = 1024;
/** The levels of smaller distance are those of `blocks` and `octets`. */
const OCTETS: usize = 8 * BLOCK;

/** `size` bytes of rows: one, or as many as the cache holds. Vectors as in `walshHadamard`. */
export function rows(
  x: usize,
  y: usize,
  size: usize,
  row: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
): void {
  // Slopes come with the last pass. It is then that of the smallest distances, whose vectors of slopes are close together.
  const fused = below != 0 && row >= OCTETS;
  if (row < BLOCK) shortRows(x, y, size, row, scale, before);
  else levels(x, y, size, row, 1, size, scale, before, fused ? OCTETS : BLOCK);
  if (fused) octets(y, size, row, below, above);
  else if (below) slopeRows(y, size, row, below, above);
}

/** Rows of 4 to 16 values. */
function shortRows(x: usize, y: usize, size: usize, row: usize, scale: f32, before: usize): void {
  vectors(x, y, size, row, scale, before);
  if (row > 16) pass(ctz(row) - 4, y, size, 16);
}

/**
 * `size` bytes of rows of 32 values and more, except for the levels of distances from BLOCK to below `low`: one row or more, as in
 * `rows`, at each of `count` places `stride` apart. The places take turns, for several streams come faster from memory than one.
 */
export function levels(
  x: usize,
  y: usize,
  size: usize,
  row: usize,
  count: usize,
  stride: usize,
  scale: f32,
  before: usize,
  low: usize,
): void {
  const all = count * stride;
  if (row <= CACHE) {
    const turn = count == 1 ? size : min(size, TURN);
    for (let i: usize = 0; i < size; i += turn) {
      for (let r: usize = 0, k = i; r < all; r += stride, k += stride) {
        blocks(x + k, y + k, turn, row, scale, before ? before + i : 0);
      }
    }
    while (low < row) {
      const bits = radixBits(ctz(row / low));
      for (let r: usize = 0; r < all; r += stride) pass(bits, y + r, size, low);
      low <<= bits;
    }
    return;
  }
  // Its parts first.
  const bits = splitBits(row);
  const h = row >> bits;
  for (let i: usize = 0; i < row; i += h) {
    levels(x + i, y + i, h, h, count, stride, scale, before ? before + i : 0, low);
  }
  for (let r: usize = 0; r < all; r += stride) pass(bits, y + r, row, h);
}

/**
 * How many levels of a row larger than the cache a pass does. Where their number is no multiple of three, parts of half the
 * cache take fewer passes in all.
 */
export function splitBits(row: usize): usize {
  const bits = ctz(row / CACHE);
  return radixBits(bits % 3 ? bits + 1 : bits);
}
