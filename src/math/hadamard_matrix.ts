/** The Hadamard matrix of order `n` (a power of two) in natural (Sylvester) order, times `scale`, row by row. */
export function hadamardMatrix(n: number, scale = 1): Float32Array {
  const h = new Float32Array(n * n);
  h[0] = scale;
  // H(2m) = [[H(m), H(m)], [H(m), -H(m)]]
  for (let m = 1; m < n; m *= 2) {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        const value = h[i * n + j];
        h[i * n + j + m] = value;
        h[(i + m) * n + j] = value;
        h[(i + m) * n + j + m] = -value;
      }
    }
  }
  return h;
}
