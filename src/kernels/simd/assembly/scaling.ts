/** Multiplication by slopes, by a scale and a diagonal, where no pass does it. */

import {sloped} from './lanes';
import {reluPair} from './relu_pair';

/** In place, rows of `row` bytes, a power of two, 16 or more: times `below` where negative, times `above` elsewhere. */
export function slopeRows(y: usize, size: usize, row: usize, below: usize, above: usize): void {
  if (row < 64) {
    reluPair(y, y, size / row, row / 4, 1, below, above);
    return;
  }
  for (let i: usize = 0; i < size; i += 64, y += 64) {
    const b = below + (i & (row - 1));
    const a = above + (i & (row - 1));
    v128.store(y, sloped(v128.load(y), v128.load(b), v128.load(a)));
    v128.store(y, sloped(v128.load(y, 16), v128.load(b, 16), v128.load(a, 16)), 16);
    v128.store(y, sloped(v128.load(y, 32), v128.load(b, 32), v128.load(a, 32)), 32);
    v128.store(y, sloped(v128.load(y, 48), v128.load(b, 48), v128.load(a, 48)), 48);
  }
}

/** An array [n, inner]: `inner` (bytes) neighbours share one element of the diagonal, 1 if it is 0. */
export function scaleGroups(x: usize, y: usize, n: usize, inner: usize, scale: f32, diagonal: usize): void {
  for (let c: usize = 0; c < n; c++) {
    const factor: f32 = diagonal ? scale * load<f32>(diagonal + 4 * c) : scale;
    const factors = f32x4.splat(factor);
    let i: usize = 0;
    for (const end = inner & ~15; i < end; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), factors));
    for (; i < inner; i += 4) store<f32>(y + i, load<f32>(x + i) * factor);
    x += inner;
    y += inner;
  }
}
