/**
 * The fast Walsh-Hadamard transform: z = scale * H(n) (before * x) along the middle axis of x [outer, n, inner], then
 * y = z * (z < 0 ? below : above): a diagonal if both are the same, a pair of slopes for each unit if not.
 *
 * Radix-8 butterflies on vectors of four values. Sizes are in bytes, vectors [n] at address 0 are none, y may not be x.
 * The first pass reads x; the others run in place, depth first, so that an array larger than the cache is cut until its
 * parts fit. The transform along an axis is H(n) kron I(inner): only the smallest distance, `inner`, differs.
 */

import {blocks, vectors} from './blocks';
import {firstPass, pass, radixBits} from './passes';
import {reluPair} from './relu_pair';
import {scaleGroups, scaleRows} from './scaling';

/** Parts up to this size are done pass by pass. */
const CACHE: usize = 16384;
/** The levels of smaller distance are those of `blocks`. */
const BLOCK: usize = 128;

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
  // As many rows at a time as the cache holds.
  const chunk = max(size, CACHE);
  for (let left = outer * size; left > 0; ) {
    const part = min(chunk, left);
    if (size < BLOCK) shortRows(x, y, part, size, scale, before, below, above);
    else if (size <= CACHE || below) rows(x, y, part, size, scale, before, below, above);
    else longRow(x, y, size, scale, before);
    x += part;
    y += part;
    left -= part;
  }
}

/** Rows of 4 to 16 values. */
function shortRows(
  x: usize,
  y: usize,
  size: usize,
  row: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
): void {
  scaleRows(x, y, size, row, scale, before);
  if (row > 16) pass(ctz(row) - 4, y, size, 16);
  vectors(y, size);
  if (below != above) reluPair(y, y, size / row, row / 4, 1, below, above);
  else if (below) scaleRows(y, y, size, row, 1, below);
}

/** Rows of 32 values and more. */
function rows(
  x: usize,
  y: usize,
  size: usize,
  row: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
): void {
  let h = row;
  if (row == BLOCK) {
    scaleRows(x, y, size, row, scale, before);
  } else {
    const bits = radixBits(ctz(row / BLOCK));
    h = row >> bits;
    for (let i: usize = 0; i < size; i += row) firstPass(bits, x + i, y + i, h, scale, before);
  }
  finish(y, size, h, BLOCK, row, below, above);
}

/**
 * A row larger than the cache, its parts first: a pass over the whole that also read x and the diagonal would touch 24
 * places whose addresses differ by a power of two, more than one set of a cache holds.
 */
function longRow(x: usize, y: usize, size: usize, scale: f32, before: usize): void {
  if (size <= CACHE) {
    rows(x, y, size, size, scale, before, 0, 0);
    return;
  }
  const bits = radixBits(ctz(size / CACHE));
  const h = size >> bits;
  for (let i: usize = 0; i < size; i += h) longRow(x + i, y + i, h, scale, before ? before + i : 0);
  pass(bits, y, size, h);
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
    firstPass(bits, x, y, h, scale, 0);
  }
  finish(y, size, h, inner, 0, 0, 0);
  if (below != above) reluPair(y, y, 1, n, inner / 4, below, above);
  else if (below) scaleGroups(y, y, n, inner, 1, below);
}

/** In place, the levels of distances from `low` to below h, and those of `blocks` if there are rows. */
function finish(y: usize, size: usize, h: usize, low: usize, row: usize, below: usize, above: usize): void {
  if (size > CACHE && h > low) {
    if (h == size) {
      const bits = radixBits(ctz(h / low));
      h >>= bits;
      pass(bits, y, size, h);
    }
    for (const end = y + size; y < end; y += h) {
      finish(y, h, h, low, row, below, above);
      if (below) {
        below += h;
        above += h;
      }
    }
    return;
  }
  while (h > low) {
    const bits = radixBits(ctz(h / low));
    h >>= bits;
    pass(bits, y, size, h);
  }
  if (row) blocks(y, size, row, below, above);
}
