/** The Hadamard matrix of order `n` (a power of two) in natural (Sylvester) order, times `scale`, row by row. */
export function hadamardMatrix(n: number, scale = 1): Float32Array {
  const h = new Float32Array(n * n).fill(scale);
  // A minus for every bit that row and column share.
  for (let bit = 1; bit < n; bit *= 2) {
    for (let k = 0; k < h.length; k++) if (k & (k / n) & bit) h[k] *= -1;
  }
  return h;
}

/** n, a power of two, as a product of the fewest powers of two up to 32, as equal as they can be: orders of H's factors. */
export function hadamardOrders(n: number): number[] {
  const bits = Math.log2(n);
  const count = Math.max(1, Math.ceil(bits / 5));
  return Array.from({length: count}, (_, i) => 2 ** (Math.floor(bits / count) + (i < bits % count ? 1 : 0)));
}
