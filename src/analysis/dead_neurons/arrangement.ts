import {dot, freeDirection, reduce, rowSpace} from '../../math/linear_systems';
import type {HiddenUnits} from './neuron';

/** What all neurons of a layer share: the hyperplanes on which the hidden units before them are 0. */
export interface Arrangement {
  readonly units: HiddenUnits;
  /** Dimensions that the units see. */
  readonly rank: number;
  /** Where units = rank + 1: v and d of v A = 0, v b = d >= 0, which the values z of the units obey: v z = d. */
  readonly relation: {readonly v: Float64Array; readonly d: number} | null;
  /** The shortest x with A x + offsets = z, for a z that the units can take. */
  preimage(z: ArrayLike<number>): Float64Array;
}

export function arrangementOf(units: HiddenUnits): Arrangement {
  const {rows, offsets, inputs} = units;
  const basis = rowSpace(rows, inputs);
  const rank = basis.length;
  let solveFor: ((y: Float64Array) => Float64Array) | null = null;
  return {
    units,
    rank,
    relation: rows.length === rank + 1 ? relationOf(units, basis) : null,
    preimage: (z) => {
      solveFor ??= inverseOn(rows, basis);
      return solveFor(offsets.map((offset, i) => z[i] - offset));
    },
  };
}

/** The rows in coordinates of the basis of the space that they span: A = coordinates x basis. */
export const coordinates = (rows: readonly Float64Array[], basis: readonly Float64Array[]): Float64Array[] =>
  rows.map((row) => Float64Array.from(basis, (unit) => dot(row, unit)));

/** Eliminates once, then gives the x of A x = y for any y. */
function inverseOn(rows: readonly Float64Array[], basis: readonly Float64Array[]) {
  const [n, rank] = [rows.length, basis.length];
  const matrix = coordinates(rows, basis).map((row, i) => {
    const wide = new Float64Array(rank + n);
    wide.set(row);
    wide[rank + i] = 1;
    return wide;
  });
  const {pivots} = reduce(matrix, rank);
  return (y: Float64Array) => {
    const x = new Float64Array(basis[0]?.length ?? 0);
    for (const [i, column] of pivots.entries()) {
      const along = dot(y, matrix[i].subarray(rank));
      for (let j = 0; j < x.length; j++) x[j] += along * basis[column][j];
    }
    return x;
  };
}

function relationOf({rows, offsets}: HiddenUnits, basis: readonly Float64Array[]) {
  const columns = coordinates(rows, basis);
  // v solves n - 1 equations in n unknowns: one for each coordinate.
  const equations = basis.map((_, j) => Float64Array.from(columns, (row) => row[j]));
  const v = freeDirection(equations, rows.length)!; // the rank is known
  let d = 0;
  let terms = 0;
  for (let i = 0; i < v.length; i++) {
    d += v[i] * offsets[i];
    terms += Math.abs(v[i] * offsets[i]);
  }
  if (Math.abs(d) < 1e-12 * terms) d = 0;
  return d < 0 ? {v: v.map((number) => -number), d: -d} : {v, d};
}
