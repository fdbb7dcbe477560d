/**
 * Transform and ReLU pair along the middle axis of [outer, n, inner], as many of `outer` at a time as the cache holds, `chunk`:
 * forward z = scale * H (signs * x) and y = reluPair(z), backward the derivatives of sum(dy * y) from z.
 */

import {clear} from './lanes';
import {reluPair} from './relu_pair';
import {addGradient, storeSums} from './relu_pair_gradient';
import {walshHadamard} from './walsh_hadamard';

export function whtReLUPairForward(
  x: usize,
  y: usize,
  z: usize,
  outer: usize,
  n: usize,
  inner: usize,
  chunk: usize,
  scale: f32,
  signs: usize,
  negative: usize,
  positive: usize,
): void {
  const size: usize = 4 * chunk * n * inner;
  for (let o: usize = 0; o < outer; o += chunk, x += size, y += size, z += size) {
    const count = min(chunk, outer - o);
    walshHadamard(x, z, count, n, inner, scale, signs, 0, 0);
    reluPair(z, y, count, n, inner, negative, positive);
  }
}

/** `scratch` has room for the sums of the slopes, and for the derivatives by z. */
export function whtReLUPairBackward(
  z: usize,
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
  const dz = scratch + 16 * n;
  clear(scratch, 16 * n);
  const size: usize = 4 * chunk * n * inner;
  for (let o: usize = 0; o < outer; o += chunk, z += size, dy += size, dx += size) {
    const count = min(chunk, outer - o);
    addGradient(z, dy, dz, count, n, inner, negative, positive, scratch);
    walshHadamard(dz, dx, count, n, inner, scale, 0, signs, signs);
  }
  storeSums(scratch, n, dnegative, dpositive);
}
