/**
 * The triangle wave of x [rows, channels], with peaks a and scales s [channels, depth]: y = sum_i s_i W_i,
 * W_i = T_i(W_(i-1)), W_(-1) = x, T_i(w) = max(0, min(w / a_i, (1 - w) / (1 - a_i))).
 */

import {RECORD, recordsSize, tent, VECTOR, writeRecords} from './wave_records';

/** Bytes of scratch: the records, and the last values of x. */
export function triangleWaveScratch(channels: usize, depth: usize): usize {
  return recordsSize(channels, depth) + VECTOR;
}

export function triangleWave(
  x: usize,
  y: usize,
  size: usize,
  peaks: usize,
  scales: usize,
  channels: usize,
  depth: usize,
  scratch: usize,
): void {
  writeRecords(scratch, peaks, scales, channels, depth);
  const recordsEnd = scratch + recordsSize(channels, depth);
  let records = scratch;
  const end = x + (size & ~3) * 4;
  for (; x < end; x += VECTOR, y += VECTOR) {
    v128.store(y, wave(v128.load(x), records, depth));
    records += depth * RECORD;
    if (records == recordsEnd) records = scratch;
  }
  if (size & 3) {
    const bytes = (size & 3) * 4;
    memory.copy(recordsEnd, x, bytes);
    v128.store(recordsEnd, wave(v128.load(recordsEnd), records, depth));
    memory.copy(y, recordsEnd, bytes);
  }
}

// @ts-ignore: decorator
@inline
function wave(w: v128, record: usize, depth: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < depth; i++, record += RECORD) {
    w = tent(w, record);
    sum = f32x4.add(sum, f32x4.mul(v128.load(record, 48), w));
  }
  return sum;
}
