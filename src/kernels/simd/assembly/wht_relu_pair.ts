/**
 * The derivatives of sum(dy * reluPair(z)), z = scale * H (signs * x) along the middle axis of x [outer, n, inner], from z:
 * as many of `outer` at a time as the cache holds are multiplied, and transformed back in place. `sums` as in
 * relu_pair_gradient.ts.
 */

import {clear} from './lanes';
import {longRowsBackward} from './long_rows';
import {addGradient, storeSums} from './relu_pair_gradient';
import {walshHadamard} from './walsh_hadamard';

/** Bytes at a time. */
const CHUNK: usize = 65536;
/** Longer rows are multiplied piece by piece. */
const LONG: usize = 32768;

export function whtReLUPairBackward(
  z: usize,
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
  sums: usize,
): void {
  const size: usize = 4 * n * inner;
  if (sums) clear(sums, 16 * n);
  if (inner == 1 && size > LONG) {
    longRowsBackward(z, dy, dx, outer, size, scale, signs, negative, positive, dnegative, dpositive, sums);
  } else {
    const chunk = max(1, CHUNK / max(1, size));
    for (let o: usize = 0; o < outer; o += chunk) {
      const count = min(chunk, outer - o);
      const at = o * size;
      const to = dx + at;
      addGradient(z + at, dy + at, to, o, count, outer, n, inner, negative, positive, dnegative, dpositive, sums);
      walshHadamard(to, to, to, count, n, inner, scale, 0, signs, signs);
    }
  }
  if (sums) storeSums(sums, n, dnegative, dpositive);
}
