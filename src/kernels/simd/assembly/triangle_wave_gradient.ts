/**
 * The derivatives of sum(dy * triangleWave(x)) by x, peaks and scales; those of the parameters are summed in doubles. A
 * record of sums has 64 bytes as well: four doubles for the peaks, then four for the scales.
 */

import {accumulate, clear} from './lanes';
import {columnsOf, RECORD, recordsSize, tent, VECTOR, writeRecords} from './wave_records';

/** Bytes of scratch: records, sums, the waves of one vector, and the last values of x and dy. */
export function triangleWaveGradientScratch(channels: usize, depth: usize): usize {
  return 2 * recordsSize(channels, depth) + (depth + 3) * VECTOR;
}

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
  scratch: usize,
): void {
  const sums = recordsSize(channels, depth); // from a record to its sums
  const recordsEnd = scratch + sums;
  const waves = recordsEnd + sums;
  const tail = waves + (depth + 1) * VECTOR;
  writeRecords(scratch, peaks, scales, channels, depth);
  clear(recordsEnd, sums);
  let records = scratch;
  const end = x + (size & ~3) * 4;
  for (; x < end; x += VECTOR, dy += VECTOR, dx += VECTOR) {
    vector(x, dy, dx, records, sums, waves, depth);
    records += depth * RECORD;
    if (records == recordsEnd) records = scratch;
  }
  if (size & 3) {
    const bytes = (size & 3) * 4;
    clear(tail, 2 * VECTOR); // dy = 0 adds nothing to the sums
    memory.copy(tail, x, bytes);
    memory.copy(tail + VECTOR, dy, bytes);
    vector(tail, tail + VECTOR, tail, records, sums, waves, depth);
    memory.copy(dx, tail, bytes);
  }
  readSums(recordsEnd, dpeaks, dscales, channels, depth);
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

/** Adds the columns of each channel up. */
function readSums(sums: usize, dpeaks: usize, dscales: usize, channels: usize, depth: usize): void {
  const columns = columnsOf(channels);
  for (let channel: usize = 0; channel < channels; channel++) {
    for (let i: usize = 0; i < depth; i++, dpeaks += 4, dscales += 4) {
      let peak: f64 = 0;
      let scale: f64 = 0;
      for (let column = channel; column < columns; column += channels) {
        const at = sums + ((column >> 2) * depth + i) * RECORD + (column & 3) * 8;
        peak += load<f64>(at);
        scale += load<f64>(at, 32);
      }
      store<f32>(dpeaks, <f32>peak);
      store<f32>(dscales, <f32>scale);
    }
  }
}
