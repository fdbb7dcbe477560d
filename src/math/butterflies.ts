/** The butterfly passes of the fast Walsh-Hadamard transform, in place over one block of scratch. */

/** Values in the scratch: 32 KB of doubles, the size of a first-level cache. */
export const BLOCK = 4096;

export const scratch = new Float64Array(BLOCK);

/** The butterflies of all distances h with `low <= h < high`, in the first `size` values of the scratch. */
export function passes(high: number, low: number, size: number): void {
  let h = high;
  for (; h >= 8 * low; h /= 8) pass8(h / 8, size);
  if (h >= 4 * low) pass4(h / 4, size);
  else if (h >= 2 * low) pass2(h / 2, size);
}

function pass2(h: number, size: number): void {
  const s = scratch;
  for (let base = 0; base < size; base += 2 * h) {
    for (let i = base; i < base + h; i++) {
      const a = s[i];
      const b = s[i + h];
      s[i] = a + b;
      s[i + h] = a - b;
    }
  }
}

function pass4(h: number, size: number): void {
  const s = scratch;
  for (let base = 0; base < size; base += 4 * h) {
    for (let i = base; i < base + h; i++) {
      const a = s[i] + s[i + h];
      const b = s[i] - s[i + h];
      const c = s[i + 2 * h] + s[i + 3 * h];
      const d = s[i + 2 * h] - s[i + 3 * h];
      s[i] = a + c;
      s[i + h] = b + d;
      s[i + 2 * h] = a - c;
      s[i + 3 * h] = b - d;
    }
  }
}

function pass8(h: number, size: number): void {
  const s = scratch;
  for (let base = 0; base < size; base += 8 * h) {
    for (let i = base; i < base + h; i++) {
      const x0 = s[i];
      const x1 = s[i + h];
      const x2 = s[i + 2 * h];
      const x3 = s[i + 3 * h];
      const x4 = s[i + 4 * h];
      const x5 = s[i + 5 * h];
      const x6 = s[i + 6 * h];
      const x7 = s[i + 7 * h];
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
