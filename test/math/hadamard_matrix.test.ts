import {hadamardMatrix} from '../../src/math/hadamard_matrix';

const ORDERS = [1, 2, 4, 8, 32, 256];

describe('hadamardMatrix', () => {
  it('is the matrix of Sylvester, written out', () => {
    expect([...hadamardMatrix(1)]).toEqual([1]);
    expect([...hadamardMatrix(2)]).toEqual([1, 1, 1, -1]);
    // biome-ignore format: a matrix
    expect([...hadamardMatrix(4)]).toEqual([
      1,  1,  1,  1,
      1, -1,  1, -1,
      1,  1, -1, -1,
      1, -1, -1,  1,
    ]);
  });

  it.each(ORDERS)('of order %d has n on the diagonal of H Hᵀ and 0 elsewhere', (n) => {
    const h = hadamardMatrix(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let product = 0;
        for (let k = 0; k < n; k++) product += h[i * n + k] * h[j * n + k];
        if (product !== (i === j ? n : 0)) throw new Error(`(H Hᵀ)[${i}][${j}] is ${product}.`);
      }
    }
  });

  it.each(ORDERS)('of order %d is symmetric, with entries (-1)^popcount(i & j)', (n) => {
    const popcount = (bits: number) => bits.toString(2).replaceAll('0', '').length;
    const expected = Float32Array.from({length: n * n}, (_, k) => (-1) ** popcount(Math.floor(k / n) & (k % n)));
    expect(hadamardMatrix(n)).toEqual(expected);
    expect(expected.every((value, k) => value === expected[(k % n) * n + Math.floor(k / n)])).toBe(true);
  });

  it('is multiplied by the scale', () => {
    expect(hadamardMatrix(8, 0.25)).toEqual(hadamardMatrix(8).map((value) => value / 4));
  });
});
