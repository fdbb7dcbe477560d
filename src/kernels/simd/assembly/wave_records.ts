/**
 * Four neighbours in x [rows, channels] belong to four channels, or come round to the first ones: the parameters are
 * laid out for as many columns as it takes until vectors repeat. A record of 64 bytes has those of four columns at one
 * level: peaks, 1 / peaks, 1 / (1 - peaks), scales. Records of the levels of the same columns are neighbours.
 */

export const RECORD: usize = 64;
export const VECTOR: usize = 16;

/** The least multiple of `channels` that is one of 4. */
// @ts-ignore: decorator
@inline
export function columnsOf(channels: usize): usize {
  return channels & 1 ? 4 * channels : channels & 2 ? 2 * channels : channels;
}

// @ts-ignore: decorator
@inline
export function recordsSize(channels: usize, depth: usize): usize {
  return (columnsOf(channels) / 4) * depth * RECORD;
}

export function writeRecords(records: usize, peaks: usize, scales: usize, channels: usize, depth: usize): void {
  for (let column: usize = 0, end = columnsOf(channels); column < end; column++) {
    const first = (column % channels) * depth * 4;
    let to = records + (column >> 2) * depth * RECORD + (column & 3) * 4;
    for (let from = first, last = first + depth * 4; from < last; from += 4, to += RECORD) {
      const a = load<f32>(peaks + from);
      store<f32>(to, a);
      store<f32>(to, 1 / a, 16);
      store<f32>(to, 1 / (1 - a), 32);
      store<f32>(to, load<f32>(scales + from), 48);
    }
  }
}

/**
 * The tent. The order of the operands keeps a NaN. Rounding may pass 1 by an ulp, which the next level would take for
 * outside.
 */
// @ts-ignore: decorator
@inline
export function tent(w: v128, record: usize): v128 {
  const one = f32x4.splat(1);
  const rise = f32x4.mul(w, v128.load(record, 16));
  const fall = f32x4.mul(f32x4.sub(one, w), v128.load(record, 32));
  return f32x4.pmax(f32x4.pmin(f32x4.pmin(rise, fall), one), f32x4.splat(0));
}
