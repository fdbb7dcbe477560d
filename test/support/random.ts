/** Seeded test data: the same numbers on every run and every backend. */

/** The mulberry32 generator of Tommy Ettinger: uniform in [0, 1) with 32 bits. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `n` values uniform in [lo, hi). */
export function uniform(n: number, seed: number, lo = 0, hi = 1): Float32Array {
  const next = mulberry32(seed);
  return Float32Array.from({length: n}, () => lo + (hi - lo) * next());
}

/** `n` standard normal values (Box-Muller). */
export function normal(n: number, seed: number): Float32Array {
  const next = mulberry32(seed);
  return Float32Array.from({length: n}, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  });
}
