/** Elimination with complete pivoting in doubles, for systems whose rank matters. */

/** A pivot below this part of its row's largest number is rounding. */
const SINGULAR = 1e-10;

export interface Reduced {
  rank: number;
  /** The columns that hold the pivots of the first `rank` rows. */
  pivots: number[];
}

/** Reduces the rows of a matrix in place to the identity in the columns of the pivots, which lie in the first `columns`. */
export function reduce(matrix: Float64Array[], columns: number): Reduced {
  const scales = new Map(matrix.map((row) => [row, largest(row, columns)]));
  const pivots: number[] = [];
  for (let rank = 0; rank < matrix.length; rank++) {
    let best = SINGULAR;
    let [at, column] = [-1, -1];
    for (let i = rank; i < matrix.length; i++) {
      const scale = scales.get(matrix[i])!;
      for (let j = 0; scale > 0 && j < columns; j++) {
        if (Math.abs(matrix[i][j]) / scale > best) {
          best = Math.abs(matrix[i][j]) / scale;
          [at, column] = [i, j];
        }
      }
    }
    if (at < 0) return {rank, pivots};
    [matrix[rank], matrix[at]] = [matrix[at], matrix[rank]];
    const pivot = matrix[rank];
    const factor = 1 / pivot[column];
    for (let j = 0; j < pivot.length; j++) pivot[j] *= factor;
    for (const row of matrix) {
      if (row === pivot || row[column] === 0) continue;
      const times = row[column];
      for (let j = 0; j < row.length; j++) row[j] -= times * pivot[j];
      row[column] = 0;
    }
    pivots.push(column);
  }
  return {rank: matrix.length, pivots};
}

function largest(row: Float64Array, columns: number): number {
  let most = 0;
  for (let j = 0; j < columns; j++) most = Math.max(most, Math.abs(row[j]));
  return most;
}

/** The x of A x = y for a square A, or null if A is singular. */
export function solve(rows: readonly Float64Array[], y: ArrayLike<number>): Float64Array | null {
  const n = rows.length;
  const matrix = rows.map((row, i) => Float64Array.of(...row, y[i]));
  const {rank, pivots} = reduce(matrix, n);
  if (rank < n) return null;
  const x = new Float64Array(n);
  for (const [i, column] of pivots.entries()) x[column] = matrix[i][n];
  return x;
}

/** The direction that n - 1 rows of n columns leave free, of largest number 1, or null if they leave more. */
export function freeDirection(rows: readonly Float64Array[], columns: number): Float64Array | null {
  const matrix = rows.map((row) => row.slice());
  const {rank, pivots} = reduce(matrix, columns);
  if (rank < columns - 1) return null;
  const direction = new Float64Array(columns);
  const free = direction.findIndex((_, j) => !pivots.includes(j));
  direction[free] = 1;
  for (const [i, column] of pivots.entries()) direction[column] = -matrix[i][free];
  const most = largest(direction, columns);
  return direction.map((number) => number / most);
}

/** Vectors of length 1 at right angles that span the rows. */
export function rowSpace(rows: readonly Float64Array[], columns: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const row of rows) {
    const rest = row.slice();
    const before = Math.hypot(...row);
    // Twice: the first pass leaves rounding errors of the parts that it takes away.
    for (const unit of [...basis, ...basis]) {
      const part = dot(rest, unit);
      for (let j = 0; j < columns; j++) rest[j] -= part * unit[j];
    }
    const length = Math.hypot(...rest);
    if (length > SINGULAR * before) basis.push(rest.map((number) => number / length));
    if (basis.length === columns) break;
  }
  return basis;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let j = 0; j < a.length; j++) total += a[j] * b[j];
  return total;
}
