import type {Elementwise} from '../piecewise_linear/steps';
import {type Cell, cut, INPUT, mapRows, type Outline, type Rows, type Tracked, type Vertex, zerosLike} from './cells';
import type {Rounding} from './rounding';
import type {RowSources} from './row_source';
import {Sides} from './sides';
import {IntervalSplitter, scaled} from './split_interval';
import {type Passed, SteadyUnits} from './steady_units';
import {imageOf, kinksAt, slopesOn, unitTable} from './unit_functions';

/** Cuts cells where a unit crosses a kink, and applies the functions. */
export function* traceElementwise(
  cells: Iterable<Cell>,
  {functions}: Elementwise,
  read: number,
  replace: (rows: Rows, row: Tracked) => Rows,
  rounding: Rounding,
  sources: RowSources,
): Iterable<Cell> {
  const table = unitTable(functions);
  // Neighbours share vertices; what becomes of one is worked out once.
  const settled = new Memory((vertex: Vertex): Vertex => {
    const {values, magnitudes} = vertex.rows.get(read)!;
    if (read === INPUT && magnitudes === values) return vertex; // no sum has rounded it
    const found = kinksAt(0, {values, magnitudes}, table, rounding);
    if (found.size === 0) return vertex;
    const row = {values: values.slice(), magnitudes};
    for (const [unit, kink] of found) row.values[unit] = kink;
    return withRow(vertex, row);
  });
  const image = new Memory((vertex: Vertex): Vertex => {
    return {place: vertex.place, rows: replace(vertex.rows, imageOf(table, vertex.rows.get(read)!))};
  });
  const withRow = (vertex: Vertex, row: Tracked): Vertex => ({
    place: vertex.place,
    rows: new Map([...vertex.rows, [read, row]]),
  });

  const segment = new IntervalSplitter(table, read, rounding);
  const sides = new Sides(table);
  const steady = read === INPUT || table.hasSeveral ? null : new SteadyUnits(table, rounding, sources);
  for (const cell of cells) {
    if (cell.vertices.length === 2) {
      yield* ofInterval(cell);
    } else {
      const corners = cell.vertices.map((vertex) => settled.of(vertex));
      for (const part of partsOfPolygon({vertices: corners, edges: cell.edges})) yield ofPolygon(cell, part);
    }
  }

  function* ofInterval({vertices: [from, to], derivatives: [before], bend}: Cell): Iterable<Cell> {
    const start = settled.of(from);
    const passed = bend ? null : passedUnits(start, to, before.get(read)!);
    let others = bend; // of the values that other steps read, the bend is at the start alone
    for (const part of segment.split([start, settled.of(to)], before.get(read)!, bend?.get(read), passed)) {
      yield {
        vertices: part.vertices.map((vertex) => image.of(vertex)),
        derivatives: [replace(before, part.derivative)],
        bend: others && replace(others, part.bend!),
      };
      if (bend && others === bend) others = mapRows(bend, zerosLike);
    }
  }

  /** Looks at the units of an interval in one pass, if their functions allow; the end is settled and has its image then. */
  function passedUnits(from: Vertex, to: Vertex, derivative: Tracked): Passed | null {
    if (!steady) return null;
    const given = to.rows.get(read)!;
    const passed = steady.pass(from.rows.get(read)!, given, derivative);
    const end = passed.end === given ? to : withRow(to, passed.end);
    settled.keep(to, end);
    image.keep(end, {place: end.place, rows: replace(end.rows, passed.image)});
    return passed;
  }

  function ofPolygon(cell: Cell, {vertices, edges}: Outline): Cell {
    const rows = vertices.map((vertex) => vertex.rows.get(read)!.values);
    const slopes = slopesOn(table, rows);
    const derivatives = cell.derivatives.map((all) =>
      replace(all, scaled(all.get(read)!, slopes, rounding, sources.derivatives)),
    );
    return {vertices: vertices.map((vertex) => image.of(vertex)), edges, derivatives};
  }

  function* partsOfPolygon(whole: Outline): Iterable<Outline> {
    const stack: {part: Outline; unit: number}[] = [{part: whole, unit: 0}];
    while (stack.length > 0) {
      const {part, unit: first} = stack.pop()!;
      const rows = part.vertices.map(({rows}) => rows.get(read)!.values);
      const found = sides.firstCrossing(rows, first);
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

/** What is made of some objects, once. */
class Memory<K extends object, V> {
  private readonly known = new WeakMap<K, V>();

  constructor(private readonly make: (key: K) => V) {}

  of(key: K): V {
    let value = this.known.get(key);
    if (value === undefined) {
      value = this.make(key);
      this.known.set(key, value);
    }
    return value;
  }

  keep(key: K, value: V): void {
    this.known.set(key, value);
  }
}
