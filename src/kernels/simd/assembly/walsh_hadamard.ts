/**
 * The fast Walsh-Hadamard transform: z = scale * H(n) (before * x) along the middle axis of x [outer, n, inner], then
 * y = z * (z < 0 ? below : above): a diagonal if both are the same, a pair of slopes for each unit if not. z may be x, y may
 * be z; both are written.
 *
 * Radix-8 butterflies on vectors of four values. Sizes are in bytes, vectors [n] at address 0 are none.
 * Along the last axis the smallest distances are first: their pass reads x in order, which caches foresee. The others run in
 * place, depth first: an array larger than the cache is cut until its parts fit, and a pass over the whole comes after them.
 * The transform along another axis is H(n) kron I(inner): only the smallest distance, `inner`, differs.
 */

import {longRows} from './long_rows';
import {pass, radixBits, scaledPass} from './passes';
import {reluPair} from './relu_pair';
import {CACHE, rows} from './rows';
import {scaleGroups} from './scaling';

/** The second cache does not hold longer rows and what becomes of them. */
export const LONG: usize = 1 << 20;

export function walshHadamard(
  x: usize,
  z: usize,
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
    scaleGroups(x, z, 1, outer * inner * 4, scale, before);
    if (below) reluPair(z, z, y, outer, 1, inner, below, above);
    return;
  }
  const size = n * inner * 4;
  // Rows of two values are half a vector each.
  if (inner > 1 || n == 2) {
    for (let o: usize = 0; o < outer; o++, x += size, z += size, y += size) {
      strided(x, z, y, size, n, inner * 4, scale, before, below, above);
    }
    return;
  }
  if (size > LONG) {
    longRows(x, z, y, outer, size, scale, before, below, above, 0, false, 0, 0);
    return;
  }
  // As many rows at a time as the cache holds.
  const chunk = max(size, CACHE);
  for (let left = outer * size; left > 0; ) {
    const part = min(chunk, left);
    rows(x, z, y, part, size, scale, before, below, above);
    x += part;
    z += part;
    y += part;
    left -= part;
  }
}

/** An array [n, inner]; `inner` in bytes. */
function strided(
  x: usize,
  z: usize,
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
    scaleGroups(x, z, n, inner, scale, before);
  } else {
    const bits = radixBits(ctz(n));
    h = size >> bits;
    scaledPass(bits, x, z, h, scale);
  }
  finish(z, size, h, inner);
  if (below) reluPair(z, z, y, 1, n, inner / 4, below, above);
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
