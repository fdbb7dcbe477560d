import {between, type Cell, cut, exact, ROUNDING, type Row, type Rows, type Vertex} from './cells';
import {cutsOfInterval} from './cut_interval';
import {kinkAt, kinkBetween, type Pieces, pieceAt} from './pieces';
import type {Elementwise} from './steps';
import {slopeOf, slopesOn, type UnitTable, unitTable, valuesOf} from './unit_table';

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
    if (corners.length === 2) yield* partsOfInterval(cell, corners);
    else for (const vertices of partsOfPolygon(corners)) yield part(cell, vertices);
  }

  function part(cell: Cell, vertices: readonly Vertex[]): Cell {
    const slopes = slopesOn(
      table,
      vertices.map((vertex) => vertex.rows.get(read)!.values),
    );
    const derivatives = cell.derivatives.map((all) => replace(all, scaled(all.get(read)!, slopes)));
    return {vertices: vertices.map(image), derivatives};
  }

  /** Behind a cut the slopes of those units change that are at a kink there, and no others. */
  function* partsOfInterval(cell: Cell, [from, to]: readonly Vertex[]): Iterable<Cell> {
    const [before] = cell.derivatives;
    const incoming = before.get(read)!;
    let last: Float64Array | null = null;
    let [start, bending]: [Vertex, number[]] = [from, []];
    const next = (end: Vertex): Cell => {
      const [x, y] = [start, end].map(({rows}) => rows.get(read)!.values);
      if (last === null) {
        last = scaled(incoming, slopesOn(table, [x, y])).values;
      } else {
        last = last.slice();
        for (const unit of bending) last[unit] = scale(incoming, unit, slopeOf(table, unit, (x[unit] + y[unit]) / 2));
      }
      return {vertices: [image(start), image(end)], derivatives: [replace(before, exact(last))]};
    };
    for (const {share, units, kinks} of cutsOfInterval(from.rows.get(read)!, to.rows.get(read)!, table)) {
      const end = between(from, to, share);
      const row = end.rows.get(read)!;
      const atKinks = settleFrom(0, row, table);
      for (const [i, unit] of units.entries()) row.values[unit] = kinks[i];
      yield next(end);
      [start, bending] = [end, [...atKinks, ...units]];
    }
    yield next(to);
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

/** From a unit on, puts the kink itself for a value that differs from it by rounding only; returns the units at kinks. */
function settleFrom(first: number, {values, sizes}: Row, {functions, kinks, kink}: UnitTable): number[] {
  const atKinks: number[] = [];
  const share = ROUNDING; // looked up once: an import is not, in some module systems
  for (let unit = first; unit < values.length; unit++) {
    const z = values[unit];
    if (kinks[unit] === 1) {
      const to = kink[unit];
      if (Math.abs(z - to) > share * (Math.abs(sizes[unit]) + Math.abs(to))) continue;
      values[unit] = to;
      atKinks.push(unit);
    } else if (kinks[unit] > 1) {
      const f = functions[unit];
      const next = pieceAt(f, z);
      for (const i of [next - 1, next]) {
        if (!f.period && (i < 0 || i >= f.kinks.length)) continue;
        const to = kinkAt(f, i);
        if (Math.abs(values[unit] - to) > share * (Math.abs(sizes[unit]) + Math.abs(to))) continue;
        values[unit] = to;
        atKinks.push(unit);
      }
    }
  }
  return atKinks;
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

function scaled(row: Row, slopes: Float64Array): Row {
  const {values, sizes} = row;
  const y = new Float64Array(slopes.length);
  const share = ROUNDING;
  for (let unit = 0; unit < y.length; unit++) {
    if (Math.abs(values[unit]) > share * Math.abs(sizes[unit])) y[unit] = values[unit] * slopes[unit];
  }
  return exact(y);
}

/** The same for one unit. */
const scale = ({values, sizes}: Row, unit: number, slope: number) =>
  Math.abs(values[unit]) > ROUNDING * Math.abs(sizes[unit]) ? values[unit] * slope : 0;

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
