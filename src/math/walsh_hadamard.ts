/**
 * The fast Walsh-Hadamard transform on plain arrays: radix-8 butterflies in a double-precision scratch that stays in the
 * first-level cache. The first pass reads the input, the last one writes the output, so a row of up to 4096 values is read
 * and written once. n log2 n additions.
 *
 * An array [outer, n, inner] is transformed along its middle axis. Because the transform along an axis is H(n) kron
 * I(inner), the butterflies of a row need no index but the distance between partners: it starts at `inner`, not at 1.
 *
 * Buffers are Float32Array outside and Float64Array inside, always: one call with another element type would make these
 * loops polymorphic and slower for good.
 */

import {BLOCK, passes, scratch} from './butterflies';
import {read, readSigned, write, writeSigned} from './row_passes';

export interface WalshHadamardOptions {
  /** Factor of every output. */
  scale?: number;
  /** Diagonal [n] multiplied into the input. */
  before?: Float32Array;
  /** Diagonal [n] multiplied into the output. */
  after?: Float32Array;
}

/** Writes `scale * after * H(n) (before * x)` along the middle axis of x [outer, n, inner] to y; y may be x. */
export function walshHadamard(
  x: Float32Array,
  y: Float32Array,
  outer: number,
  n: number,
  inner: number,
  {scale = 1, before, after}: WalshHadamardOptions = {},
): void {
  if (n <= BLOCK && inner === 1) {
    transformRows(x, y, outer, n, scale, before, after);
  } else if (n <= BLOCK) {
    // As many neighbouring columns at a time as the scratch holds.
    const columns = Math.max(1, Math.floor(BLOCK / n));
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i += columns) {
        transformColumns(x, y, o * n * inner + i, n, inner, Math.min(columns, inner - i), scale, before, after);
      }
    }
  } else {
    // H(pq) = H(p) kron H(q): the blocks of length q first, then across them.
    const q = BLOCK;
    const p = n / q;
    if (before) multiply(x, y, outer, n, inner, before);
    walshHadamard(before ? y : x, y, outer * p, q, inner, {scale});
    walshHadamard(y, y, outer, p, q * inner);
    if (after) multiply(y, y, outer, n, inner, after);
  }
}

/** y = d * x along the middle axis. */
function multiply(x: Float32Array, y: Float32Array, outer: number, n: number, inner: number, d: Float32Array): void {
  for (let o = 0, k = 0; o < outer; o++) {
    for (let c = 0; c < n; c++) for (const end = k + inner, factor = d[c]; k < end; k++) y[k] = factor * x[k];
  }
}

/** Rows of n <= BLOCK values, as many at a time as the scratch holds. */
function transformRows(
  x: Float32Array,
  y: Float32Array,
  rows: number,
  n: number,
  scale: number,
  before?: Float32Array,
  after?: Float32Array,
): void {
  const s = scratch; // a local: through the import, each access costs a call in CommonJS builds
  const rowsPerBlock = BLOCK / n;
  for (let r = 0; r < rows; r += rowsPerBlock) {
    const start = r * n;
    const size = Math.min(rowsPerBlock, rows - r) * n;
    if (n < 64) {
      for (let k = 0; k < size; k++) s[k] = x[start + k] * (before ? scale * before[k & (n - 1)] : scale);
      passes(n, 1, size);
      for (let k = 0; k < size; k++) y[start + k] = s[k] * (after ? after[k & (n - 1)] : 1);
    } else {
      if (before) readSigned(x, start, n, size, scale, before);
      else read(x, start, n, size, scale);
      passes(n / 8, 8, size);
      if (after) writeSigned(y, start, n, size, after);
      else write(y, start, size);
    }
  }
}

/** Columns `0 .. columns-1` of the array [n, stride] at `start`. */
function transformColumns(
  x: Float32Array,
  y: Float32Array,
  start: number,
  n: number,
  stride: number,
  columns: number,
  scale: number,
  before?: Float32Array,
  after?: Float32Array,
): void {
  const s = scratch;
  for (let k = 0; k < n; k++) {
    const factor = before ? scale * before[k] : scale;
    const from = start + k * stride;
    for (let i = 0, to = k * columns; i < columns; i++) s[to + i] = x[from + i] * factor;
  }
  passes(n * columns, columns, n * columns);
  for (let k = 0; k < n; k++) {
    const factor = after ? after[k] : 1;
    const to = start + k * stride;
    for (let i = 0, from = k * columns; i < columns; i++) y[to + i] = s[from + i] * factor;
  }
}
