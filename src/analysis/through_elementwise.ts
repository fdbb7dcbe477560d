import {between, type Cell, cut, exact, ROUNDING, type Row, type Rows, type Vertex} from './cells';
import {cutsOfInterval} from './cut_interval';
import {kinkAt, kinkBetween, type Pieces, pieceAt} from './pieces';
import type {Elementwise} from './steps';
import {slopesOn, type UnitTable, unitTable, valuesOf} from './unit_table';

/** Cuts cells where a unit crosses a kink, and applies the functions. */
export function* throughElementwise(
  cells: Iterable<Cell>,
  {functions}: Elementwise,
  read: number,
  replace: (rows: Rows, row: Row) => Rows,
): Iterable<Cell> {
  const table = unitTable(functions);
  // Neighbours share vertices; what becomes of one is worked out once.
  const settled = remember((vertex: Vertex): Vertex => {
    const {values, sizes} = vertex.rows.get(read)!;
    const row = {values: values.slice(), sizes};
    settleFrom(0, row, table);
    return {place: vertex.place, rows: new Map([...vertex.rows, [read, row]])};
  });
  const image = remember((vertex: Vertex): Vertex => {
    const {values} = vertex.rows.get(read)!;
    return {place: vertex.place, rows: replace(vertex.rows, exact(valuesOf(table, values)))};
  });

  for (const cell of cells) {
    const corners = cell.vertices.map(settled);
    const parts = corners.length === 2 ? partsOfInterval(corners) : partsOfPolygon(corners);
    for (const vertices of parts) {
      const rows = vertices.map((vertex) => vertex.rows.get(read)!.values);
      const slopes = slopesOn(table, rows);
      const derivatives = cell.derivatives.map((all) => replace(all, scaled(all.get(read)!, slopes)));
      yield {vertices: vertices.map(image), derivatives};
    }
  }

  function* partsOfInterval([from, to]: readonly Vertex[]): Iterable<readonly Vertex[]> {
    let start = from;
    for (const {share, units, kinks} of cutsOfInterval(from.rows.get(read)!, to.rows.get(read)!, table)) {
      const end = between(from, to, share);
      const row = end.rows.get(read)!;
      settleFrom(0, row, table);
      for (const [i, unit] of units.entries()) row.values[unit] = kinks[i];
      yield [start, end];
      start = end;
    }
    yield [start, to];
  }

  function* partsOfPolygon(corners: readonly Vertex[]): Iterable<readonly Vertex[]> {
    const stack: {vertices: readonly Vertex[]; unit: number}[] = [{vertices: corners, unit: 0}];
    while (stack.length > 0) {
      const {vertices, unit: first} = stack.pop()!;
      const rows = vertices.map(({rows}) => rows.get(read)!.values);
      const found = firstCrossing(rows, functions, first);
      if (found === null) {
        yield vertices;
        continue;
      }
      const {unit, kink} = found;
      const {below, above, made} = cut(
        vertices,
        rows.map((row) => row[unit] - kink),
      );
      for (const vertex of made) {
        const row = vertex.rows.get(read)!;
        settleFrom(unit + 1, row, table);
        row.values[unit] = kink;
      }
      stack.push({vertices: below, unit}, {vertices: above, unit});
    }
  }
}

/** From a unit on, puts the kink itself for a value that differs from it by rounding only. */
function settleFrom(first: number, {values, sizes}: Row, {functions, kinks, kink}: UnitTable): void {
  const settle = (unit: number, to: number) => {
    if (Math.abs(values[unit] - to) <= ROUNDING * (sizes[unit] + Math.abs(to))) values[unit] = to;
  };
  for (let unit = first; unit < values.length; unit++) {
    if (kinks[unit] === 1) {
      settle(unit, kink[unit]);
    } else if (kinks[unit] > 1) {
      const f = functions[unit];
      const next = pieceAt(f, values[unit]);
      for (const i of [next - 1, next]) if (f.period || (i >= 0 && i < f.kinks.length)) settle(unit, kinkAt(f, i));
    }
  }
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

function scaled({values, sizes}: Row, slopes: Float64Array): Row {
  const y = new Float64Array(slopes.length);
  const share = ROUNDING; // looked up once: an import is not, in some module systems
  for (let unit = 0; unit < y.length; unit++) {
    if (Math.abs(values[unit]) > share * sizes[unit]) y[unit] = values[unit] * slopes[unit];
  }
  return exact(y);
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
