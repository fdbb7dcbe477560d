/**
 * The axis [n, inner] of a transform that is longer than what it reads, `units`: these come again from the first on, if `tiled`,
 * or else zeros, and `offset`, a vector of `moved` numbers, is added to the first of them. It is made a piece at a time where
 * the transform goes, which then runs in place: that costs no pass over memory. Sizes are in bytes.
 */

import {copy} from './lanes';

/** From `at` on, `size` of the expanded x of `from`. If inner is not 1 that is all. */
export function expand(
  x: usize,
  y: usize,
  at: usize,
  size: usize,
  from: usize,
  tiled: bool,
  inner: usize,
  offset: usize,
  moved: usize,
): void {
  // One turn from x, and then from what is there: tiles may be shorter than a vector.
  let done = tiled ? min(size, from) : size;
  const start = tiled ? at % from : at;
  const run = start < from ? min(done, from - start) : 0;
  copy(x + start, y, run);
  copy(tiled ? x : 0, y + run, done - run);
  while (done < size) {
    const next = min(done, size - done);
    copy(y, y + done, next);
    done += next;
  }
  if (inner > 1) {
    for (let u: usize = 0; u < moved; u++) {
      const value = load<f32>(offset + 4 * u);
      for (const end = y + 4 * inner; y < end; y += 4) store<f32>(y, load<f32>(y) + value);
    }
  } else {
    offset += at;
    const end: usize = 4 * moved;
    const last = end > at ? min(size, end - at) : 0;
    let i: usize = 0;
    for (const whole = last & ~15; i < whole; i += 16) {
      v128.store(y + i, f32x4.add(v128.load(y + i), v128.load(offset + i)));
    }
    for (; i < last; i += 4) store<f32>(y + i, load<f32>(y + i) + load<f32>(offset + i));
  }
}
