/**
 * The fast Walsh-Hadamard transform: z = scale * H(n) (before * x) along the middle axis of x [outer, n, inner], then
 * y = z * (z < 0 ? below : above): a diagonal if both are the same, a pair of slopes for each unit if not.
 *
 * Radix-8 butterflies on vectors of four values. Sizes are in bytes, vectors [n] at address 0 are none, y may not be x.
 * Along the last axis the smallest distances are first: their pass reads x in order, which caches foresee. The others run in
 * place, depth first: an array larger than the cache is cut until its parts fit, and a pass over the whole comes after them.
 * The transform along another axis is H(n) kron I(inner): only the smallest distance, `inner`, differs.
 */

import {blocks, vectors} from './blocks';
import {octets} from './octets';
import {pass, radixBits, scaledPass} from './passes';
import {reluPair} from './relu_pair';
import {scaleGroups, slopeRows} from './scaling';

/** Parts up to this size are done pass by pass. */
const CACHE: usize = 16384;
/** The levels of smaller distance are those of `blocks`. */
const BLOCK: usize = 128;
/** The levels of smaller distance are those of `blocks` and `octets`. */
const OCTETS: usize = 8 * BLOCK;

export function walshHadamard(
  x: usize,
  y: usize,
  outer: usize,
  n: usize,
  inner: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
): void {
  if (n == 1) {
    scaleGroups(x, y, 1, outer * inner * 4, scale, before);
    if (below) reluPair(y, y, outer, 1, inner, below, above);
    return;
  }
  const size = n * inner * 4;
  // Rows of two values are half a vector each.
  if (inner > 1 || n == 2) {
    for (let o: usize = 0; o < outer; o++, x += size, y += size) {
      strided(x, y, size, n, inner * 4, scale, before, below, above);
    }
    return;
  }
  // Slopes come with the last pass. It is then that of the smallest distances, whose vectors of slopes are close together.
  const fused = below != 0 && size >= OCTETS;
  const low = fused ? OCTETS : BLOCK;
  // As many rows at a time as the cache holds.
  const chunk = max(size, CACHE);
  for (let left = outer * size; left > 0; ) {
    const part = min(chunk, left);
    if (size < BLOCK) shortRows(x, y, part, size, scale, before);
    else rows(x, y, part, size, scale, before, low);
    if (fused) octets(y, part, size, below, above);
    else if (below) slopeRows(y, part, size, below, above);
    x += part;
    y += part;
    left -= part;
  }
}

/** Rows of 4 to 16 values. */
function shortRows(x: usize, y: usize, size: usize, row: usize, scale: f32, before: usize): void {
  vectors(x, y, size, row, scale, before);
  if (row > 16) pass(ctz(row) - 4, y, size, 16);
}

/** Rows of 32 values and more, except for the levels of distances from BLOCK to below `low`. */
function rows(x: usize, y: usize, size: usize, row: usize, scale: f32, before: usize, low: usize): void {
  if (row <= CACHE) {
    blocks(x, y, size, row, scale, before);
    while (low < row) {
      const bits = radixBits(ctz(row / low));
      pass(bits, y, size, low);
      low <<= bits;
    }
    return;
  }
  // Its parts first.
  const bits = radixBits(ctz(row / CACHE));
  const h = row >> bits;
  for (let i: usize = 0; i < row; i += h) rows(x + i, y + i, h, h, scale, before ? before + i : 0, low);
  pass(bits, y, row, h);
}

/** An array [n, inner]; `inner` in bytes. */
function strided(
  x: usize,
  y: usize,
  size: usize,
  n: usize,
  inner: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
): void {
  let h = size;
  if (before || inner & 15) {
    scaleGroups(x, y, n, inner, scale, before);
  } else {
    const bits = radixBits(ctz(n));
    h = size >> bits;
    scaledPass(bits, x, y, h, scale);
  }
  finish(y, size, h, inner);
  if (below) reluPair(y, y, 1, n, inner / 4, below, above);
}

/** In place, the levels of distances from `low` to below h, of which `size` is a multiple. */
function finish(y: usize, size: usize, h: usize, low: usize): void {
  while (h > low) {
    if (size > CACHE && h < size) {
      for (const end = y + size; y < end; y += h) finish(y, h, h, low);
      return;
    }
    const bits = radixBits(ctz(h / low));
    h >>= bits;
    pass(bits, y, size, h);
  }
}
