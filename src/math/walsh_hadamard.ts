/**
 * The fast Walsh-Hadamard transform on plain arrays, in double precision: n log2(n) additions, one rounding of each output.
 * The kernels of cpu and wasm use it where they cannot use SIMD.
 */

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
  const column = new Float64Array(n);
  const factors = new Float64Array(n).fill(1);
  const scales = new Float64Array(n).fill(scale);
  if (before) factors.set(before);
  if (after) for (let i = 0; i < n; i++) scales[i] *= after[i];
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      const start = o * n * inner + c;
      for (let i = 0, k = start; i < n; i++, k += inner) column[i] = factors[i] * x[k];
      butterflies(column);
      for (let i = 0, k = start; i < n; i++, k += inner) y[k] = scales[i] * column[i];
    }
  }
}

/** All levels in place, two at a time: half the memory accesses of one at a time. */
export function butterflies(v: Float64Array): void {
  let h = 1;
  if (Math.log2(v.length) % 2 === 1) {
    for (let i = 0; i < v.length; i += 2) {
      const a = v[i];
      const b = v[i + 1];
      v[i] = a + b;
      v[i + 1] = a - b;
    }
    h = 2;
  }
  for (; h < v.length; h *= 4) {
    for (let base = 0; base < v.length; base += 4 * h) {
      for (let i = base, j = i + h, k = j + h, l = k + h; i < base + h; i++, j++, k++, l++) {
        const a = v[i] + v[j];
        const b = v[i] - v[j];
        const c = v[k] + v[l];
        const d = v[k] - v[l];
        v[i] = a + c;
        v[j] = b + d;
        v[k] = a - c;
        v[l] = b - d;
      }
    }
  }
}
