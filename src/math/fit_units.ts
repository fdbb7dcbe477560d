/** Shorter pieces are copied value by value: each call of `set` costs as much as some of these. */
const SHORT = 48;

/** Writes rows of `from` values of x as rows of `to` values: again from the first on, or followed by zeros. */
export function expandUnits(x: Float32Array, y: Float32Array, from: number, to: number, tiled: boolean): void {
  if (!tiled) y.fill(0);
  for (let start = 0, end = 0; start < x.length; start += from) {
    const row = x.subarray(start, start + from);
    const first = end;
    end += to;
    for (let at = first; at < (tiled ? end : first + 1); at += from) {
      const count = Math.min(from, end - at);
      if (count < SHORT) for (let i = 0; i < count; i++) y[at + i] = x[start + i];
      else y.set(count < from ? row.subarray(0, count) : row, at);
    }
  }
}

/** Adds numbers to the first units of each row of `length` values of y, where a unit has `inner` values. */
export function addToFirstUnits(y: Float32Array, length: number, inner: number, offset: Float32Array): void {
  for (let start = 0; start < y.length; start += length) {
    for (let u = 0, at = start; u < offset.length; u++) {
      for (const end = at + inner; at < end; at++) y[at] += offset[u];
    }
  }
}
