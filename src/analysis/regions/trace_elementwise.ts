import type {Elementwise} from '../piecewise_linear/steps';
import {type Cell, cut, mapRows, type Outline, type Rows, type Tracked, type Vertex, zerosLike} from './cells';
import type {Rounding} from './rounding';
import {IntervalSplitter, scaled} from './split_interval';
import {imageOf, kinkInside, kinksAt, slopesOn, type UnitFunctions, unitTable} from './unit_functions';

/** The number of the value that no sum has rounded, except at the vertices that a cut has made. */
const INPUT = 0;

/** Cuts cells where a unit crosses a kink, and applies the functions. */
export function* traceElementwise(
  cells: Iterable<Cell>,
  {functions}: Elementwise,
  read: number,
  replace: (rows: Rows, row: Tracked) => Rows,
  rounding: Rounding,
): Iterable<Cell> {
  const table = unitTable(functions);
  // Neighbours share vertices; what becomes of one is worked out once.
  const settled = remember((vertex: Vertex): Vertex => {
    const {values, magnitudes} = vertex.rows.get(read)!;
    if (read === INPUT && magnitudes === values) return vertex;
    const found = kinksAt(0, {values, magnitudes}, table, rounding);
    if (found.size === 0) return vertex;
    const row = {values: values.slice(), magnitudes};
    for (const [unit, kink] of found) row.values[unit] = kink;
    return {place: vertex.place, rows: new Map([...vertex.rows, [read, row]])};
  });
  const image = remember((vertex: Vertex): Vertex => {
    return {place: vertex.place, rows: replace(vertex.rows, imageOf(table, vertex.rows.get(read)!))};
  });

  const segment = new IntervalSplitter(table, read, rounding);
  for (const cell of cells) {
    const corners = cell.vertices.map(settled);
    if (corners.length === 2) yield* ofInterval(cell, corners);
    else for (const part of partsOfPolygon({vertices: corners, edges: cell.edges})) yield ofPolygon(cell, part);
  }

  function* ofInterval({derivatives: [before], bend}: Cell, ends: readonly Vertex[]): Iterable<Cell> {
    let others = bend; // of the values that other steps read, the bend is at the start alone
    for (const part of segment.split(ends, before.get(read)!, bend?.get(read))) {
      yield {
        vertices: part.vertices.map(image),
        derivatives: [replace(before, part.derivative)],
        bend: others && replace(others, part.bend!),
      };
      if (bend && others === bend) others = mapRows(bend, zerosLike);
    }
  }

  function ofPolygon(cell: Cell, {vertices, edges}: Outline): Cell {
    const rows = vertices.map((vertex) => vertex.rows.get(read)!.values);
    const slopes = slopesOn(table, rows);
    const derivatives = cell.derivatives.map((all) => replace(all, scaled(all.get(read)!, slopes, rounding)));
    return {vertices: vertices.map(image), edges, derivatives};
  }

  function* partsOfPolygon(whole: Outline): Iterable<Outline> {
    const stack: {part: Outline; unit: number}[] = [{part: whole, unit: 0}];
    while (stack.length > 0) {
      const {part, unit: first} = stack.pop()!;
      const rows = part.vertices.map(({rows}) => rows.get(read)!.values);
      const found = firstCrossing(rows, table, first);
      if (found === null) {
        yield part;
        continue;
      }
      const {unit, kink} = found;
      const {below, above, made} = cut(
        part,
        rows.map((row) => row[unit] - kink),
      );
      for (const vertex of made) {
        const row = vertex.rows.get(read)!;
        for (const [other, to] of kinksAt(unit + 1, row, table, rounding)) row.values[other] = to;
        row.values[unit] = kink;
      }
      stack.push({part: below, unit}, {part: above, unit});
    }
  }
}

/** The first unit, from `start` on, with vertices on either side of one of its kinks. */
function firstCrossing(rows: Float64Array[], table: UnitFunctions, start: number) {
  for (let unit = start; unit < rows[0].length; unit++) {
    let low = rows[0][unit];
    let high = low;
    for (let i = 1; i < rows.length; i++) {
      const z = rows[i][unit];
      if (z < low) low = z;
      else if (z > high) high = z;
    }
    const kink = kinkInside(table, unit, low, high);
    if (!Number.isNaN(kink)) return {unit, kink};
  }
  return null;
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
