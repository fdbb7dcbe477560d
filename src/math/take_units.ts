/** The units of an axis that are kept, and their way back, on arrays seen as [outer, units, inner]. */

/** Writes the units `indices` of x [outer, n, inner] to y [outer, indices.length, inner]. */
export function takeUnits(x: Float32Array, y: Float32Array, indices: Int32Array, n: number, inner: number): void {
  const count = indices.length;
  for (let from = 0, to = 0; to < y.length; from += n * inner, to += count * inner) {
    if (inner === 1) for (let j = 0; j < count; j++) y[to + j] = x[from + indices[j]];
    else for (let j = 0; j < count; j++) copy(x, from + indices[j] * inner, y, to + j * inner, inner);
  }
}

/** Writes the units of x [outer, positions.length, inner] to their positions in y [outer, n, inner], 0 elsewhere. */
export function putUnits(x: Float32Array, y: Float32Array, positions: Int32Array, n: number, inner: number): void {
  y.fill(0);
  const count = positions.length;
  for (let from = 0, to = 0; from < x.length; from += count * inner, to += n * inner) {
    if (inner === 1) for (let j = 0; j < count; j++) y[to + positions[j]] = x[from + j];
    else for (let j = 0; j < count; j++) copy(x, from + j * inner, y, to + positions[j] * inner, inner);
  }
}

/** Units are mostly short: a call of `set` would take longer. */
function copy(x: Float32Array, from: number, y: Float32Array, to: number, count: number): void {
  for (let c = 0; c < count; c++) y[to + c] = x[from + c];
}
