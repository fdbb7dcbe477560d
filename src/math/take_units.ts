/** The units of an axis that are kept, and their way back, on arrays seen as [outer, units, inner]. */

/** Writes the units `indices` of x [outer, n, inner] to y [outer, indices.length, inner]. */
export function takeUnits(x: Float32Array, y: Float32Array, indices: Int32Array, n: number, inner: number): void {
  for (let from = 0, to = 0; to < y.length; from += n * inner) {
    for (let j = 0; j < indices.length; j++, to += inner) copy(x, from + indices[j] * inner, y, to, inner);
  }
}

/** Writes the units of x [outer, positions.length, inner] to their positions in y [outer, n, inner], 0 elsewhere. */
export function putUnits(x: Float32Array, y: Float32Array, positions: Int32Array, n: number, inner: number): void {
  y.fill(0);
  for (let from = 0, to = 0; from < x.length; to += n * inner) {
    for (let j = 0; j < positions.length; j++, from += inner) copy(x, from, y, to + positions[j] * inner, inner);
  }
}

/** Units are mostly short: a call of `set` would take longer. */
function copy(x: Float32Array, from: number, y: Float32Array, to: number, count: number): void {
  for (let c = 0; c < count; c++) y[to + c] = x[from + c];
}
