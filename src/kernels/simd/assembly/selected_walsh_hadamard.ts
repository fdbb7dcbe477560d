/**
 * Selected units of the transform along the middle axis of x [outer, n, inner], and the adjoint. Neither has all n units in
 * memory: H(n) = H(n / chunk) kron H(chunk), so a unit of the whole is a sum of one unit of the transform of each chunk, with
 * signs. A chunk shorter than n needs inner = 1; one of n takes `rows` of `outer` at a time. `indices` are `count` numbers
 * below n. `scratch` has room for what is transformed at a time, and for a double for each index.
 */

import {expandedWalshHadamard} from './expanded_walsh_hadamard';
import {expand} from './expansion';
import {clear, copy} from './lanes';
import {walshHadamard} from './walsh_hadamard';

/** y [outer, count, inner] = the units `indices` of scale * H (signs * x), of x that has `units` along the axis. */
export function selectedWalshHadamard(
  x: usize,
  y: usize,
  outer: usize,
  n: usize,
  inner: usize,
  scale: f32,
  signs: usize,
  indices: usize,
  count: usize,
  chunk: usize,
  rows: usize,
  scratch: usize,
  units: usize,
  tiled: bool,
  offset: usize,
  moved: usize,
): void {
  const run: usize = 4 * inner;
  const size: usize = n * run;
  const from: usize = units * run;
  if (chunk == n) {
    for (let o: usize = 0; o < outer; o += rows) {
      const left = min(rows, outer - o);
      expandedWalshHadamard(
        x,
        scratch,
        scratch,
        left,
        n,
        inner,
        scale,
        signs,
        0,
        0,
        units,
        tiled,
        offset,
        moved,
      );
      x += left * from;
      for (let r: usize = 0; r < left; r++) {
        const z = scratch + r * size;
        for (let j: usize = 0; j < count; j++, y += run) copy(z + run * load<u32>(indices + 4 * j), y, run);
      }
    }
    return;
  }
  const sums = scratch + 4 * chunk;
  for (let o: usize = 0; o < outer; o++, x += from) {
    clear(sums, 8 * count);
    for (let start: usize = 0; start < n; start += chunk) {
      const isWhole = units == n && !moved;
      if (!isWhole) expand(x, scratch, 4 * start, 4 * chunk, from, tiled, 1, offset, moved);
      const part = isWhole ? x + 4 * start : scratch;
      walshHadamard(part, scratch, scratch, 1, chunk, 1, scale, signs + 4 * start, 0, 0);
      for (let j: usize = 0; j < count; j++) {
        const index: usize = load<u32>(indices + 4 * j);
        const value: f64 = load<f32>(scratch + 4 * (index & (chunk - 1)));
        const sum = sums + 8 * j;
        store<f64>(sum, load<f64>(sum) + (popcnt(index & start) & 1 ? -value : value));
      }
    }
    for (let j: usize = 0; j < count; j++, y += 4) store<f32>(y, <f32>load<f64>(sums + 8 * j));
  }
}

/** y [outer, n, inner] = scale * signs * (H z), where z has the units of x [outer, count, inner] at `indices`, 0 elsewhere. */
export function spreadWalshHadamard(
  x: usize,
  y: usize,
  outer: usize,
  n: usize,
  inner: usize,
  scale: f32,
  signs: usize,
  indices: usize,
  count: usize,
  chunk: usize,
  rows: usize,
  scratch: usize,
): void {
  const run: usize = 4 * inner;
  const size: usize = n * run;
  if (chunk == n) {
    clear(scratch, rows * size);
    for (let o: usize = 0; o < outer; o += rows) {
      const left = min(rows, outer - o);
      for (let r: usize = 0; r < left; r++) {
        const z = scratch + r * size;
        for (let j: usize = 0; j < count; j++, x += run) copy(x, z + run * load<u32>(indices + 4 * j), run);
      }
      walshHadamard(scratch, y, y, left, n, inner, scale, 0, signs, signs);
      y += left * size;
    }
    return;
  }
  clear(scratch, 4 * chunk);
  for (let o: usize = 0; o < outer; o++, x += 4 * count) {
    for (let start: usize = 0; start < n; start += chunk, y += 4 * chunk) {
      for (let j: usize = 0; j < count; j++) {
        const index: usize = load<u32>(indices + 4 * j);
        const value = load<f32>(x + 4 * j);
        const z = scratch + 4 * (index & (chunk - 1));
        store<f32>(z, load<f32>(z) + (popcnt(index & start) & 1 ? -value : value));
      }
      const own = signs + 4 * start;
      walshHadamard(scratch, y, y, 1, chunk, 1, scale, 0, own, own);
      for (let j: usize = 0; j < count; j++) {
        store<f32>(scratch + 4 * (load<u32>(indices + 4 * j) & (chunk - 1)), 0);
      }
    }
  }
}
