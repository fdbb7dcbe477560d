/**
 * The triangle wave of x [rows, channels], with peaks a and scales s [channels, depth]: y = sum_i s_i W_i,
 * W_i = T_i(W_(i-1)), W_(-1) = x, T_i(w) = max(0, min(w / a_i, (1 - w) / (1 - a_i))).
 *
 * The columns repeat after a `period`, of which `width` are done at a time, so that their records stay in the cache.
 * `scratch` has room for those records, and for one vector.
 */

import {RECORD, recordsSize, tent, VECTOR, writeRecords} from './wave_records';

export function triangleWave(
  x: usize,
  y: usize,
  size: usize,
  peaks: usize,
  scales: usize,
  channels: usize,
  depth: usize,
  period: usize,
  width: usize,
  scratch: usize,
): void {
  const last = scratch + recordsSize(width, depth);
  for (let column: usize = 0; column < period; column += width) {
    const count = min(width, period - column);
    writeRecords(scratch, peaks, scales, channels, depth, column, count);
    for (let start = column; start < size; start += period) {
      piece(x + 4 * start, y + 4 * start, min(count, size - start), scratch, depth, last);
    }
  }
}

/** `count` neighbours; of the last ones, less than a vector, there are copies at `last`. */
function piece(x: usize, y: usize, count: usize, records: usize, depth: usize, last: usize): void {
  for (const end = x + (count & ~3) * 4; x < end; x += VECTOR, y += VECTOR) {
    v128.store(y, wave(v128.load(x), records, depth));
    records += depth * RECORD;
  }
  if (count & 3) {
    const bytes = (count & 3) * 4;
    memory.copy(last, x, bytes);
    v128.store(last, wave(v128.load(last), records, depth));
    memory.copy(y, last, bytes);
  }
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function wave(w: v128, record: usize, depth: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < depth; i++, record += RECORD) {
    w = tent(w, record);
    sum = f32x4.add(sum, f32x4.mul(v128.load(record, 48), w));
  }
  return sum;
}
