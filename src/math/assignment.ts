/**
 * The linear assignment problem: the one-to-one map of rows to columns of an n x n matrix (row by row) of least cost.
 * Shortest augmenting paths with potentials (Jonker and Volgenant 1987), n^3 steps. Returns the column of each row.
 */
export function assign(costs: ArrayLike<number>, n: number): Int32Array {
  const rowOf = new Int32Array(n).fill(-1);
  const columnOf = new Int32Array(n).fill(-1);
  const rowPotential = new Float64Array(n);
  const columnPotential = new Float64Array(n);
  for (let start = 0; start < n; start++) {
    const distance = new Float64Array(n).fill(Infinity);
    const before = new Int32Array(n).fill(-1);
    const done = new Uint8Array(n);
    let row = start;
    let reached = 0;
    let last = -1;
    while (last < 0) {
      let next = -1;
      for (let column = 0; column < n; column++) {
        if (done[column]) continue;
        const path = reached + costs[row * n + column] - rowPotential[row] - columnPotential[column];
        if (path < distance[column]) {
          distance[column] = path;
          before[column] = row;
        }
        if (next < 0 || distance[column] < distance[next]) next = column;
      }
      reached = distance[next];
      done[next] = 1;
      if (rowOf[next] < 0) last = next;
      else row = rowOf[next];
    }
    rowPotential[start] += reached;
    for (let column = 0; column < n; column++) {
      if (!done[column] || column === last) continue;
      rowPotential[rowOf[column]] += reached - distance[column];
      columnPotential[column] -= reached - distance[column];
    }
    for (let column = last; column >= 0; ) {
      const owner = before[column];
      const next = columnOf[owner];
      rowOf[column] = owner;
      columnOf[owner] = column;
      column = owner === start ? -1 : next;
    }
  }
  return columnOf;
}
