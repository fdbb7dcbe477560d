import {type Cell, cut, exact, ROUNDING, type Row, type Rows, type Vertex} from './cells';
import {kinkBetween, type Pieces, pieceAt, valueAt} from './pieces';
import type {Elementwise} from './steps';

/** Cuts cells where a unit crosses a kink, and applies the functions. */
export function* throughElementwise(
  cells: Iterable<Cell>,
  {functions}: Elementwise,
  read: number,
  replace: (rows: Rows, row: Row) => Rows,
): Iterable<Cell> {
  // Neighbours share vertices; what becomes of one is worked out once.
  const settled = remember((vertex: Vertex): Vertex => {
    const {values, sizes} = vertex.rows.get(read)!;
    const row = {values: values.map((z, unit) => settle(functions[unit], z, sizes[unit])), sizes};
    return {place: vertex.place, rows: new Map([...vertex.rows, [read, row]])};
  });
  const image = remember((vertex: Vertex): Vertex => {
    const values = vertex.rows.get(read)!.values.map((z, unit) => valueAt(functions[unit], z));
    return {place: vertex.place, rows: replace(vertex.rows, exact(values))};
  });

  for (const cell of cells) {
    const stack: {vertices: readonly Vertex[]; unit: number}[] = [{vertices: cell.vertices.map(settled), unit: 0}];
    while (stack.length > 0) {
      const {vertices, unit: first} = stack.pop()!;
      const rows = vertices.map(({rows}) => rows.get(read)!.values);
      const found = firstCrossing(rows, functions, first);
      if (found === null) {
        const slopes = slopesOn(rows, functions);
        const derivatives = cell.derivatives.map((all) => replace(all, scaled(all.get(read)!, slopes)));
        yield {vertices: vertices.map(image), derivatives};
        continue;
      }
      const {unit, kink} = found;
      const distances = rows.map((row) => row[unit] - kink);
      const {below, above, made} = cut(vertices, distances);
      for (const vertex of made) {
        const {values, sizes} = vertex.rows.get(read)!;
        for (let i = unit + 1; i < values.length; i++) values[i] = settle(functions[i], values[i], sizes[i]);
        values[unit] = kink;
      }
      const order = distances[0] < 0 ? [above, below] : [below, above];
      stack.push(...order.map((part) => ({vertices: part, unit})));
    }
  }
}

/** The kink itself instead of a value that differs from it by rounding only. */
function settle(f: Pieces, z: number, size: number): number {
  const {kinks} = f;
  if (kinks.length === 0) return z;
  const piece = kinks.length === 1 ? 0 : pieceAt(f, z);
  for (let i = Math.max(0, piece - 1); i <= piece && i < kinks.length; i++) {
    if (Math.abs(z - kinks[i]) <= ROUNDING * (size + Math.abs(kinks[i]))) return kinks[i];
  }
  return z;
}

/** The first unit, from `start` on, with vertices on either side of one of its kinks. */
function firstCrossing(rows: Float64Array[], functions: readonly Pieces[], start: number) {
  for (let unit = start; unit < functions.length; unit++) {
    let low = rows[0][unit];
    let high = low;
    for (let i = 1; i < rows.length; i++) {
      const z = rows[i][unit];
      if (z < low) low = z;
      else if (z > high) high = z;
    }
    const kink = kinkBetween(functions[unit], low, high);
    if (!Number.isNaN(kink)) return {unit, kink};
  }
  return null;
}

/** The slope of each unit on a cell that no kink crosses: that at the mean of its vertices. */
function slopesOn(rows: Float64Array[], functions: readonly Pieces[]): Float64Array {
  return Float64Array.from(functions, (f, unit) => {
    let sum = 0;
    for (const row of rows) sum += row[unit];
    return f.slopes[pieceAt(f, sum / rows.length)];
  });
}

function scaled({values, sizes}: Row, slopes: Float64Array): Row {
  return exact(values.map((z, unit) => (Math.abs(z) <= ROUNDING * sizes[unit] ? 0 : z * slopes[unit])));
}

function remember<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}
