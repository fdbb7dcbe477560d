/**
 * Affine maps of indices in binary, i -> A i + b over the field of two elements: the permutations that the
 * Walsh-Hadamard transform of length 2^k turns into permutations. A is stored as its columns, each a k-bit number.
 */
export interface BinaryAffine {
  columns: Int32Array;
  offset: number;
}

export function parity(bits: number): number {
  let p = bits;
  for (let shift = 16; shift > 0; shift >>= 1) p ^= p >>> shift;
  return p & 1;
}

/** A i. */
export function binaryProduct(columns: Int32Array, index: number): number {
  let result = 0;
  for (let bit = 0; bit < columns.length; bit++) if ((index >>> bit) & 1) result ^= columns[bit];
  return result;
}

/** The affine map that a permutation of 0 .. 2^k - 1 is, or null if it is none. */
export function affineOf(permutation: Int32Array): BinaryAffine | null {
  const offset = permutation[0];
  const columns = Int32Array.from({length: Math.log2(permutation.length)}, (_, bit) => permutation[1 << bit] ^ offset);
  return permutation.every((to, i) => (binaryProduct(columns, i) ^ offset) === to) ? {columns, offset} : null;
}

/** The transpose of A as columns. */
export function transposed(columns: Int32Array): Int32Array {
  return columns.map((_, j) => columns.reduce((row, column, i) => row | (((column >>> j) & 1) << i), 0));
}

/** The inverse of A, or null if there is none: Gauss-Jordan elimination on columns. */
export function binaryInverse(columns: Int32Array): Int32Array | null {
  const left = columns.slice();
  const right = columns.map((_, i) => 1 << i);
  for (let bit = 0; bit < left.length; bit++) {
    const pivot = left.findIndex((column, i) => i >= bit && ((column >>> bit) & 1) === 1);
    if (pivot < 0) return null;
    for (const side of [left, right]) [side[bit], side[pivot]] = [side[pivot], side[bit]];
    for (let i = 0; i < left.length; i++) {
      if (i === bit || !((left[i] >>> bit) & 1)) continue;
      left[i] ^= left[bit];
      right[i] ^= right[bit];
    }
  }
  return right;
}

/** |GL(k, 2)|, the number of invertible k x k matrices of bits: (2^k - 1)(2^k - 2)(2^k - 4)... */
export function countInvertible(k: number): bigint {
  let count = 1n;
  for (let i = 0; i < k; i++) count *= 2n ** BigInt(k) - 2n ** BigInt(i);
  return count;
}
