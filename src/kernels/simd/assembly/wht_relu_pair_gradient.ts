/**
 * The derivatives of sum(dy * reluPair(z)), z = scale * H (signs * x) along the middle axis of x [outer, n, inner]. As many
 * rows at a time as the cache holds: z is computed again, multiplied, and transformed back.
 */

import {clear} from './lanes';
import {addGradient, storeSums} from './relu_pair_gradient';
import {CACHE, walshHadamard} from './walsh_hadamard';

/** How many of `outer` are done at a time. */
// @ts-ignore: decorator
@inline
function chunkOf(outer: usize, n: usize, inner: usize): usize {
  return max(1, min(outer, CACHE / (4 * n * max(inner, 1))));
}

/** Bytes of scratch: sums of the slopes, and z. */
export function whtReLUPairGradientScratch(outer: usize, n: usize, inner: usize): usize {
  return 16 * n + 4 * chunkOf(outer, n, inner) * n * inner;
}

export function whtReLUPairGradient(
  x: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  n: usize,
  inner: usize,
  scale: f32,
  signs: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  scratch: usize,
): void {
  const z = scratch + 16 * n;
  const chunk = chunkOf(outer, n, inner);
  clear(scratch, 16 * n);
  for (let o: usize = 0; o < outer; ) {
    const count = min(chunk, outer - o);
    const size: usize = 4 * count * n * inner;
    walshHadamard(x, z, count, n, inner, scale, signs, 0, 0);
    addGradient(z, dy, z, count, n, inner, negative, positive, scratch);
    walshHadamard(z, dx, count, n, inner, scale, 0, signs, signs);
    x += size;
    dy += size;
    dx += size;
    o += count;
  }
  storeSums(scratch, n, dnegative, dpositive);
}
