/** The butterflies in double precision, in place. */
export function transformInDoubles(y: Float64Array): Float64Array {
  for (let h = 1; h < y.length; h *= 2) {
    for (let base = 0; base < y.length; base += 2 * h) {
      for (let i = base; i < base + h; i++) {
        const [a, b] = [y[i], y[i + h]];
        y[i] = a + b;
        y[i + h] = a - b;
      }
    }
  }
  return y;
}
