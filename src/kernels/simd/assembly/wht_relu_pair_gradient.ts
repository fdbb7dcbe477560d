/**
 * The derivatives of sum(dy * reluPair(z)), z = scale * H (signs * x) along the middle axis of x [outer, n, inner]. As many
 * of `outer` at a time as the cache holds, `chunk`: z is computed again, multiplied, and transformed back. `scratch` has
 * room for the sums of the slopes, and for z. Without dx, address 0, only the slopes have their derivatives.
 */

import {clear} from './lanes';
import {addGradient, storeSums} from './relu_pair_gradient';
import {walshHadamard} from './walsh_hadamard';

export function whtReLUPairGradient(
  x: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  n: usize,
  inner: usize,
  chunk: usize,
  scale: f32,
  signs: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  scratch: usize,
): void {
  const z = scratch + 16 * n;
  clear(scratch, 16 * n);
  for (let o: usize = 0; o < outer; ) {
    const count = min(chunk, outer - o);
    const size: usize = 4 * count * n * inner;
    walshHadamard(x, z, count, n, inner, scale, signs, 0, 0);
    addGradient(z, dy, z, count, n, inner, negative, positive, scratch);
    if (dx) walshHadamard(z, dx + 4 * o * n * inner, count, n, inner, scale, 0, signs, signs);
    x += size;
    dy += size;
    o += count;
  }
  storeSums(scratch, n, dnegative, dpositive);
}
