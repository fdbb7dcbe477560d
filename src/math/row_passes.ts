/**
 * The first and the last radix-8 pass of the fast Walsh-Hadamard transform over rows: they read the input and write the
 * output on the way. Each is written out in full: V8 keeps eight values in registers only inside one function, and a
 * function that sees two element types is 2.6x slower for good.
 */

import {scratch} from './butterflies';

/** The first pass of rows of n: from x to the scratch, times `scale`. */
export function read(x: Float32Array, start: number, n: number, size: number, scale: number): void {
  const s = scratch;
  const h = n / 8;
  for (let base = 0; base < size; base += n) {
    for (let i = base, j = start + base; i < base + h; i++, j++) {
      const x0 = x[j] * scale;
      const x1 = x[j + h] * scale;
      const x2 = x[j + 2 * h] * scale;
      const x3 = x[j + 3 * h] * scale;
      const x4 = x[j + 4 * h] * scale;
      const x5 = x[j + 5 * h] * scale;
      const x6 = x[j + 6 * h] * scale;
      const x7 = x[j + 7 * h] * scale;
      const a0 = x0 + x1;
      const a1 = x0 - x1;
      const a2 = x2 + x3;
      const a3 = x2 - x3;
      const a4 = x4 + x5;
      const a5 = x4 - x5;
      const a6 = x6 + x7;
      const a7 = x6 - x7;
      const b0 = a0 + a2;
      const b1 = a1 + a3;
      const b2 = a0 - a2;
      const b3 = a1 - a3;
      const b4 = a4 + a6;
      const b5 = a5 + a7;
      const b6 = a4 - a6;
      const b7 = a5 - a7;
      s[i] = b0 + b4;
      s[i + h] = b1 + b5;
      s[i + 2 * h] = b2 + b6;
      s[i + 3 * h] = b3 + b7;
      s[i + 4 * h] = b0 - b4;
      s[i + 5 * h] = b1 - b5;
      s[i + 6 * h] = b2 - b6;
      s[i + 7 * h] = b3 - b7;
    }
  }
}

/** The same, times `scale * d`. */
export function readSigned(
  x: Float32Array,
  start: number,
  n: number,
  size: number,
  scale: number,
  d: Float32Array,
): void {
  const s = scratch;
  const h = n / 8;
  for (let base = 0; base < size; base += n) {
    for (let c = 0, i = base, j = start + base; c < h; c++, i++, j++) {
      const x0 = x[j] * d[c] * scale;
      const x1 = x[j + h] * d[c + h] * scale;
      const x2 = x[j + 2 * h] * d[c + 2 * h] * scale;
      const x3 = x[j + 3 * h] * d[c + 3 * h] * scale;
      const x4 = x[j + 4 * h] * d[c + 4 * h] * scale;
      const x5 = x[j + 5 * h] * d[c + 5 * h] * scale;
      const x6 = x[j + 6 * h] * d[c + 6 * h] * scale;
      const x7 = x[j + 7 * h] * d[c + 7 * h] * scale;
      const a0 = x0 + x1;
      const a1 = x0 - x1;
      const a2 = x2 + x3;
      const a3 = x2 - x3;
      const a4 = x4 + x5;
      const a5 = x4 - x5;
      const a6 = x6 + x7;
      const a7 = x6 - x7;
      const b0 = a0 + a2;
      const b1 = a1 + a3;
      const b2 = a0 - a2;
      const b3 = a1 - a3;
      const b4 = a4 + a6;
      const b5 = a5 + a7;
      const b6 = a4 - a6;
      const b7 = a5 - a7;
      s[i] = b0 + b4;
      s[i + h] = b1 + b5;
      s[i + 2 * h] = b2 + b6;
      s[i + 3 * h] = b3 + b7;
      s[i + 4 * h] = b0 - b4;
      s[i + 5 * h] = b1 - b5;
      s[i + 6 * h] = b2 - b6;
      s[i + 7 * h] = b3 - b7;
    }
  }
}

/** The last pass: from the scratch to y. */
export function write(y: Float32Array, start: number, size: number): void {
  const s = scratch;
  for (let i = 0, j = start; i < size; i += 8, j += 8) {
    const x0 = s[i];
    const x1 = s[i + 1];
    const x2 = s[i + 2];
    const x3 = s[i + 3];
    const x4 = s[i + 4];
    const x5 = s[i + 5];
    const x6 = s[i + 6];
    const x7 = s[i + 7];
    const a0 = x0 + x1;
    const a1 = x0 - x1;
    const a2 = x2 + x3;
    const a3 = x2 - x3;
    const a4 = x4 + x5;
    const a5 = x4 - x5;
    const a6 = x6 + x7;
    const a7 = x6 - x7;
    const b0 = a0 + a2;
    const b1 = a1 + a3;
    const b2 = a0 - a2;
    const b3 = a1 - a3;
    const b4 = a4 + a6;
    const b5 = a5 + a7;
    const b6 = a4 - a6;
    const b7 = a5 - a7;
    y[j] = b0 + b4;
    y[j + 1] = b1 + b5;
    y[j + 2] = b2 + b6;
    y[j + 3] = b3 + b7;
    y[j + 4] = b0 - b4;
    y[j + 5] = b1 - b5;
    y[j + 6] = b2 - b6;
    y[j + 7] = b3 - b7;
  }
}

/** The same, times `d`. */
export function writeSigned(y: Float32Array, start: number, n: number, size: number, d: Float32Array): void {
  const s = scratch;
  for (let i = 0, j = start; i < size; i += 8, j += 8) {
    const c = i & (n - 1);
    const x0 = s[i];
    const x1 = s[i + 1];
    const x2 = s[i + 2];
    const x3 = s[i + 3];
    const x4 = s[i + 4];
    const x5 = s[i + 5];
    const x6 = s[i + 6];
    const x7 = s[i + 7];
    const a0 = x0 + x1;
    const a1 = x0 - x1;
    const a2 = x2 + x3;
    const a3 = x2 - x3;
    const a4 = x4 + x5;
    const a5 = x4 - x5;
    const a6 = x6 + x7;
    const a7 = x6 - x7;
    const b0 = a0 + a2;
    const b1 = a1 + a3;
    const b2 = a0 - a2;
    const b3 = a1 - a3;
    const b4 = a4 + a6;
    const b5 = a5 + a7;
    const b6 = a4 - a6;
    const b7 = a5 - a7;
    y[j] = (b0 + b4) * d[c];
    y[j + 1] = (b1 + b5) * d[c + 1];
    y[j + 2] = (b2 + b6) * d[c + 2];
    y[j + 3] = (b3 + b7) * d[c + 3];
    y[j + 4] = (b0 - b4) * d[c + 4];
    y[j + 5] = (b1 - b5) * d[c + 5];
    y[j + 6] = (b2 - b6) * d[c + 6];
    y[j + 7] = (b3 - b7) * d[c + 7];
  }
}
