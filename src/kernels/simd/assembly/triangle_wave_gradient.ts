/**
 * The derivatives of sum(dy * triangleWave(x)) by x, peaks and scales; those of the parameters are summed in doubles. A
 * record of sums has 64 bytes as well: four doubles for the peaks, then four for the scales.
 *
 * `period` and `width` are those of the wave; all columns of a channel are among `width` neighbours. `scratch` has room
 * for the records of both kinds, and for depth + 3 vectors.
 */

import {accumulate, clear} from './lanes';
import {RECORD, recordsSize, tent, VECTOR, writeRecords} from './wave_records';

export function triangleWaveGradient(
  x: usize,
  dy: usize,
  dx: usize,
  size: usize,
  peaks: usize,
  scales: usize,
  dpeaks: usize,
  dscales: usize,
  channels: usize,
  depth: usize,
  period: usize,
  width: usize,
  scratch: usize,
): void {
  const sums = recordsSize(width, depth); // from a record to its sums
  const waves = scratch + 2 * sums;
  for (let column: usize = 0; column < period; column += width) {
    const count = min(width, period - column);
    writeRecords(scratch, peaks, scales, channels, depth, column, count);
    clear(scratch + sums, sums);
    for (let start = column; start < size; start += period) {
      const at: usize = 4 * start;
      piece(x + at, dy + at, dx + at, min(count, size - start), scratch, sums, waves, depth);
    }
    const to: usize = 4 * column * depth;
    readSums(scratch + sums, dpeaks + to, dscales + to, count, channels, depth);
  }
}

/** `count` neighbours; the last ones, fewer than a vector, have copies after the waves. */
function piece(
  x: usize,
  dy: usize,
  dx: usize,
  count: usize,
  records: usize,
  sums: usize,
  waves: usize,
  depth: usize,
): void {
  for (const end = x + (count & ~3) * 4; x < end; x += VECTOR, dy += VECTOR, dx += VECTOR) {
    vector(x, dy, dx, records, sums, waves, depth);
    records += depth * RECORD;
  }
  if (count & 3) {
    const last = waves + (depth + 1) * VECTOR;
    const bytes = (count & 3) * 4;
    clear(last, 2 * VECTOR);
    memory.copy(last, x, bytes);
    memory.copy(last + VECTOR, dy, bytes);
    vector(last, last + VECTOR, last, records, sums, waves, depth);
    memory.copy(dx, last, bytes);
  }
}

function vector(x: usize, dy: usize, dx: usize, records: usize, sums: usize, waves: usize, depth: usize): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const upstream = v128.load(dy);
  let w = v128.load(x);
  let record = records;
  let level = waves;
  for (let i: usize = 0; i < depth; i++, record += RECORD, level += VECTOR) {
    v128.store(level, w);
    w = tent(w, record);
    accumulate(record + sums + 32, f32x4.mul(upstream, w));
  }
  let g = zero; // the derivative by W_i
  for (let i: usize = 0; i < depth; i++) {
    record -= RECORD;
    level -= VECTOR;
    w = v128.load(level);
    const outside = v128.or(f32x4.lt(w, zero), f32x4.gt(w, one));
    const rising = f32x4.le(w, v128.load(record));
    const rise = v128.load(record, 16);
    const fall = v128.load(record, 32);
    g = v128.andnot(f32x4.add(g, f32x4.mul(upstream, v128.load(record, 48))), outside);
    g = f32x4.mul(g, v128.bitselect(rise, f32x4.neg(fall), rising));
    // The tent T(w) changes with its peak by -T'(w) T(w).
    const height = v128.bitselect(f32x4.mul(w, rise), f32x4.mul(f32x4.sub(one, w), fall), rising);
    // Outside, where g is 0, the height may be infinite: 0 times that would be NaN.
    accumulate(record + sums, f32x4.neg(f32x4.mul(g, v128.andnot(height, outside))));
  }
  v128.store(dx, g);
}

/** Adds the columns of each channel up, of `count`. */
function readSums(sums: usize, dpeaks: usize, dscales: usize, count: usize, channels: usize, depth: usize): void {
  for (let first: usize = 0, end = min(count, channels); first < end; first++) {
    for (let i: usize = 0; i < depth; i++, dpeaks += 4, dscales += 4) {
      let peak: f64 = 0;
      let scale: f64 = 0;
      for (let column = first; column < count; column += channels) {
        const at = sums + ((column >> 2) * depth + i) * RECORD + (column & 3) * 8;
        peak += load<f64>(at);
        scale += load<f64>(at, 32);
      }
      store<f32>(dpeaks, <f32>peak);
      store<f32>(dscales, <f32>scale);
    }
  }
}
