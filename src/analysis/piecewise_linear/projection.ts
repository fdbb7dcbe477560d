import {butterflies} from '../../math/walsh_hadamard';
import type {Affine} from './steps';

export interface Projection {
  /** The input is [outer, inputs, inner]; the axis in the middle is mixed. */
  outer: number;
  inputs: number;
  inner: number;
  /** A shorter axis is repeated, or followed by zeros. */
  expand: 'tile' | 'pad';
  /** One diagonal [n] a round, multiplied in before the transform, which does not normalize. */
  diagonals: readonly Float64Array[];
  /** The outputs of the last transform that are kept. */
  kept: ArrayLike<number>;
}

/** Rounds of a diagonal and the fast Walsh-Hadamard transform, in doubles. */
export function projection({outer, inputs, inner, expand, diagonals, kept}: Projection): Affine {
  const n = diagonals[0].length;
  const units = kept.length;
  // The transform keeps lengths except for the square root of n, and spreads what is large over all outputs.
  const stretch = diagonals.reduce((all, diagonal) => all * largest(diagonal) * Math.sqrt(n), 1);
  const column = new Float64Array(n);

  /** Fills y column by column: `run` makes outputs of the expanded column, and puts them to a place and every inner-th. */
  const byColumns = (x: Float64Array, rows: number, run: (y: Float64Array, to: number) => void) => {
    const y = new Float64Array(rows * outer * units * inner);
    for (let o = 0; o < rows * outer; o++) {
      for (let c = 0; c < inner; c++) {
        for (let i = 0; i < inputs; i++) column[i] = x[(o * inputs + i) * inner + c];
        for (let i = inputs; i < n; i++) column[i] = expand === 'tile' ? column[i - inputs] : 0;
        run(y, o * units * inner + c);
      }
    }
    return y;
  };
  let signs: Int8Array | null = null; // of the entries of the transform, by the bits that row and column share
  /** One round of a column with few entries, one after the other. */
  const sparse = (y: Float64Array, to: number, entries: readonly number[]) => {
    signs ??= walshSigns(n);
    for (const entry of entries) {
      const value = column[entry] * diagonals[0][entry];
      for (let i = 0; i < units; i++) y[to + i * inner] += value * signs[kept[i] & entry];
    }
  };
  const few = diagonals.length === 1 ? Math.min(n / 8, (n * Math.log2(n)) / (2 * units)) : 0;
  const transform = (y: Float64Array, to: number) => {
    const entries: number[] = [];
    for (let i = 0; i < n && entries.length <= few; i++) if (column[i] !== 0) entries.push(i);
    if (entries.length <= few) {
      sparse(y, to, entries);
      return;
    }
    for (const diagonal of diagonals) {
      for (let i = 0; i < n; i++) column[i] *= diagonal[i];
      butterflies(column);
    }
    for (let i = 0; i < units; i++) y[to + i * inner] = column[kept[i]];
  };
  /** The transform is its own transpose: the same rounds, backwards. */
  const transposed = (y: Float64Array, rows: number) => {
    const x = new Float64Array(rows * outer * inputs * inner);
    for (let o = 0; o < rows * outer; o++) {
      for (let c = 0; c < inner; c++) {
        column.fill(0);
        for (let i = 0; i < units; i++) column[kept[i]] += y[(o * units + i) * inner + c];
        for (const diagonal of [...diagonals].reverse()) {
          butterflies(column);
          for (let i = 0; i < n; i++) column[i] *= diagonal[i];
        }
        const used = expand === 'tile' ? n : inputs;
        for (let i = 0; i < used; i++) x[(o * inputs + (i % inputs)) * inner + c] += column[i];
      }
    }
    return x;
  };
  const bound = (y: Float64Array, to: number) => {
    let [squares, terms] = [0, 0];
    for (let i = 0; i < n; i++) {
      squares += column[i] * column[i];
      terms += Math.abs(column[i] * diagonals[0][i]);
    }
    // All outputs of one round are sums of the same terms, except for signs.
    const size = diagonals.length === 1 ? terms : stretch * Math.sqrt(squares);
    for (let i = 0; i < units; i++) y[to + i * inner] = size;
  };
  return {
    kind: 'affine',
    inputs: outer * inputs * inner,
    outputs: outer * units * inner,
    linear: (x, rows) => byColumns(x, rows, transform),
    absolute: (x, rows) => byColumns(x, rows, bound),
    transposed,
    bias: null,
    multiplyAdds: outer * inner * diagonals.length * n * (1 + Math.log2(n)),
  };
}

/** (-1)^(number of bits of i), for i < n. */
function walshSigns(n: number): Int8Array {
  const signs = new Int8Array(n).fill(1);
  for (let i = 1; i < n; i++) signs[i] = i & 1 ? -signs[i >> 1] : signs[i >> 1];
  return signs;
}

const largest = (values: Float64Array) => values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
