/** Elimination without fractions, on whole numbers (Bareiss 1968): what is divided by divides. */

type Rows = readonly (readonly bigint[])[];

/** The vector, up to a factor, on which all rows are 0; null if they leave more than one direction. */
export function nullVector(rows: Rows, columns: number): bigint[] | null {
  const {reduced, pivots, pivot} = eliminate(rows, columns);
  if (pivots.length !== columns - 1) return null;
  const vector = new Array<bigint>(columns).fill(0n);
  const free = vector.findIndex((_, j) => !pivots.includes(j));
  vector[free] = pivot;
  for (const [i, column] of pivots.entries()) vector[column] = -reduced[i][free];
  return vector;
}

/** The first columns that span what all columns span. */
export const independentColumns = (rows: Rows, columns: number): number[] => eliminate(rows, columns).pivots;

/** Reduces rows to `pivot` times the identity in the columns of the pivots. */
function eliminate(rows: Rows, columns: number) {
  const m = rows.map((row) => [...row]);
  const pivots: number[] = [];
  let last = 1n;
  for (let column = 0; column < columns && pivots.length < m.length; column++) {
    const r = pivots.length;
    const at = m.findIndex((row, i) => i >= r && row[column] !== 0n);
    if (at < 0) continue;
    [m[r], m[at]] = [m[at], m[r]];
    const pivot = m[r][column];
    for (const [i, row] of m.entries()) {
      if (i === r) continue;
      const factor = row[column];
      for (let j = 0; j < columns; j++) row[j] = (row[j] * pivot - factor * m[r][j]) / last;
    }
    last = pivot;
    pivots.push(column);
  }
  return {reduced: m, pivots, pivot: last};
}
