/**
 * The parameters of some neighbouring columns of x. A record of 64 bytes has those of four columns at one level: peaks,
 * 1 / peaks, 1 / (1 - peaks), scales. Records of the levels of the same columns are neighbours.
 */

export const RECORD: usize = 64;
export const VECTOR: usize = 16;

/** Bytes of the records of `columns`, of which a last vector that is not whole counts as one. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function recordsSize(columns: usize, depth: usize): usize {
  return ((columns + 3) >> 2) * depth * RECORD;
}

/** Records of `count` columns from `column` on: column k has the parameters of channel k modulo `channels`. */
export function writeRecords(
  records: usize,
  peaks: usize,
  scales: usize,
  channels: usize,
  depth: usize,
  column: usize,
  count: usize,
): void {
  for (let k: usize = 0; k < count; k++) {
    const first = ((column + k) % channels) * depth * 4;
    let to = records + (k >> 2) * depth * RECORD + (k & 3) * 4;
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
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function tent(w: v128, record: usize): v128 {
  const one = f32x4.splat(1);
  const rise = f32x4.mul(w, v128.load(record, 16));
  const fall = f32x4.mul(f32x4.sub(one, w), v128.load(record, 32));
  return f32x4.pmax(f32x4.pmin(f32x4.pmin(rise, fall), one), f32x4.splat(0));
}
