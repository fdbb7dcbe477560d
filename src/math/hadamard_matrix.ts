/** The Hadamard matrix of order `n` (a power of two) in natural (Sylvester) order, times `scale`, row by row. */
export function hadamardMatrix(n: number, scale = 1): Float32Array {
  const h = new Float32Array(n * n);
  h[0] = scale;
  // H(2 order) is [[H, H], [H, -H]].
  for (let order = 1; order < n; order *= 2) {
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++) {
        const at = i * n + j;
        const below = at + order * n;
        h[at + order] = h[below] = h[at];
        h[below + order] = -h[at];
      }
    }
  }
  return h;
}

/**
 * n, a power of two, as a product of the fewest powers of two up to 2^`most`, as equal as they can be, the larger ones
 * first: orders of H's factors.
 */
export function hadamardOrders(n: number, most = 5): number[] {
  const bits = Math.log2(n);
  const count = Math.max(1, Math.ceil(bits / most));
  return Array.from({length: count}, (_, i) => 2 ** Math.ceil((bits - i) / count));
}
