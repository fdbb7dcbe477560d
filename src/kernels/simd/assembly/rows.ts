/** Rows of four values and more, the smallest distances first: x is read in order, which caches foresee. Sizes are in bytes. */

import {blocks, vectors} from './blocks';
import {octets} from './octets';
import {pass, radixBits} from './passes';
import {reluPair} from './relu_pair';

/** Pieces up to this size are done pass by pass. */
export const CACHE: usize = 16384;
/** The levels of smaller distance are those of `blocks`. */
export const BLOCK: usize = 128;
/** Bytes of a turn. */
const TURN: usize = 1024;
/** The levels of smaller distance are those of `blocks` and `octets`. */
const OCTETS: usize = 8 * BLOCK;

/** `size` bytes of rows: one, or as many as the cache holds. Vectors, z and y as in `walshHadamard`. */
export function rows(
  x: usize,
  z: usize,
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
  if (row < BLOCK) {
    vectors(x, z, size, row, scale, before);
    if (row > 16) pass(ctz(row) - 4, z, size, 16);
  } else {
    const piece = row > CACHE ? pieceOf(row) : size;
    for (let i: usize = 0; i < size; ) {
      levels(x + i, z + i, piece, row, 1, 0, scale, before ? before + i : 0, fused ? OCTETS : BLOCK);
      i += piece;
      climb(z, i, piece, row);
    }
  }
  if (fused) octets(z, y, size, row, below, above);
  else if (below) reluPair(z, z, y, size / row, row / 4, 1, below, above);
}

/**
 * The levels inside of a piece of `size` bytes of rows of 32 values and more, except for those of distances from BLOCK to below
 * `low`, at each of `count` places `stride` apart. They take turns, for several streams come faster from memory than one.
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
  const turn = count == 1 ? size : min(size, TURN);
  for (let i: usize = 0; i < size; i += turn) {
    let k = i;
    do {
      blocks(x + k, y + k, turn, row, scale, before ? before + i : 0);
      k += stride;
    } while (k < all);
  }
  const top = min(row, size);
  while (low < top) {
    const bits = radixBits(ctz(top / low));
    let k: usize = 0;
    do {
      pass(bits, y + k, size, low);
      k += stride;
    } while (k < all);
    low <<= bits;
  }
}

/** The piece of a row larger than the cache: a half of it where passes of three levels above it are then fewer. */
export function pieceOf(row: usize): usize {
  return ctz(row / CACHE) % 3 ? CACHE / 2 : CACHE;
}

/** The levels of distances from `piece` to below `top` that the pieces up to `end` complete, in place. */
export function climb(y: usize, end: usize, piece: usize, top: usize): void {
  for (let h = piece; h < top; ) {
    const bits = radixBits(ctz(top / h));
    const whole = h << bits;
    if (end & (whole - 1)) return;
    pass(bits, y + end - whole, whole, h);
    h = whole;
  }
}
