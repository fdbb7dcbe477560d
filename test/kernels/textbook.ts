/** The textbook transform: log2(n) passes of butterflies over each row. */
export function textbook(y: Float32Array, n: number): void {
  for (let row = 0; row < y.length; row += n) {
    for (let h = 1; h < n; h *= 2) {
      for (let base = row; base < row + n; base += 2 * h) {
        for (let i = base; i < base + h; i++) {
          const a = y[i];
          const b = y[i + h];
          y[i] = a + b;
          y[i + h] = a - b;
        }
      }
    }
  }
}
