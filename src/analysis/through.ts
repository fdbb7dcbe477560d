import {type Cell, exact, type Row, type Rows, type Vertex} from './cells';
import type {Node, PiecewiseLinear} from './piecewise_linear';
import {type Affine, outputsOf} from './steps';
import {throughElementwise} from './through_elementwise';
import {throughMax} from './through_max';

/** Numbers in one product of matrices: large enough to be fast, small enough not to be felt. */
const BATCH = 2 ** 18;

/**
 * The cells on which a network is linear, of a cell of its input. They are made one by one as they are asked for, in
 * their order along a segment: nothing holds all of them, and no layer more than a batch.
 */
export function through({nodes, output}: PiecewiseLinear, start: Cell): Iterable<Cell> {
  let cells: Iterable<Cell> = [start];
  for (const [i, node] of nodes.entries()) {
    const needed = (value: number) => value === output || nodes.slice(i + 1).some(({reads}) => reads.includes(value));
    cells = throughNode(cells, node, needed);
  }
  return cells;
}

function throughNode(cells: Iterable<Cell>, {step, reads, writes}: Node, needed: (value: number) => boolean) {
  const kept = (rows: Rows) => [...rows].filter(([value]) => needed(value));
  const replace = (rows: Rows, row: Row): Rows => new Map([...kept(rows), [writes, row]]);
  if (step.kind === 'affine') return throughAffine(cells, step, (rows) => joined(rows, reads), replace);
  const [read] = reads;
  return step.kind === 'max' ? throughMax(cells, step, read, replace) : throughElementwise(cells, step, read, replace);
}

/** The values that a step reads, one behind the other. */
function joined(rows: Rows, reads: readonly number[]): Row {
  if (reads.length === 1) return rows.get(reads[0])!;
  const all = reads.map((read) => rows.get(read)!);
  const join = (parts: Float64Array[]) => Float64Array.from(parts.flatMap((part) => [...part]));
  return {values: join(all.map(({values}) => values)), sizes: join(all.map(({sizes}) => sizes))};
}

function* throughAffine(
  cells: Iterable<Cell>,
  step: Affine,
  read: (rows: Rows) => Row,
  replace: (rows: Rows, row: Row) => Rows,
): Iterable<Cell> {
  const rowsOfBatch = Math.ceil(BATCH / Math.max(step.inputs, outputsOf(step)));
  let batch: Cell[] = [];
  let rows = 0;
  for (const cell of cells) {
    batch.push(cell);
    rows += cell.derivatives.length + 1; // at most so many new vertices, but for the first cell
    if (rows >= rowsOfBatch) {
      yield* mapped(batch, step, read, replace);
      [batch, rows] = [[], 0];
    }
  }
  yield* mapped(batch, step, read, replace);
}

/** The cells of a batch after a step; those that share a vertex still share it. */
function mapped(
  cells: Cell[],
  step: Affine,
  read: (rows: Rows) => Row,
  replace: (rows: Rows, row: Row) => Rows,
): Cell[] {
  const vertices = [...new Set(cells.flatMap((cell) => cell.vertices))];
  const derivatives = cells.flatMap((cell) => cell.derivatives);
  const moved = apply(
    step,
    vertices.map(({rows}) => read(rows)),
    step.bias,
  );
  const turned = apply(step, derivatives.map(read), null);
  const images = new Map<Vertex, Vertex>();
  for (const [i, vertex] of vertices.entries()) {
    images.set(vertex, {place: vertex.place, rows: replace(vertex.rows, moved[i])});
  }
  let at = 0;
  return cells.map((cell) => ({
    vertices: cell.vertices.map((vertex) => images.get(vertex)!),
    derivatives: cell.derivatives.map((rows) => replace(rows, turned[at++])),
  }));
}

function apply(step: Affine, rows: Row[], bias: Float64Array | null): Row[] {
  const stacked = (part: keyof Row) => {
    const x = new Float64Array(rows.length * step.inputs);
    for (const [i, row] of rows.entries()) x.set(row[part], i * step.inputs);
    return x;
  };
  const values = step.linear(stacked('values'), rows.length);
  const sizes = step.absolute(stacked('sizes'), rows.length);
  return rows.map((_, i) => {
    const own = (all: Float64Array) => all.slice(i * step.outputs, (i + 1) * step.outputs);
    const row = {values: own(values), sizes: own(sizes)};
    for (let unit = 0; bias && unit < bias.length; unit++) {
      row.values[unit] += bias[unit];
      row.sizes[unit] += Math.abs(bias[unit]);
    }
    return row;
  });
}

/** A cell of the input as a stream starts with it. */
export function inputCell(places: number[][], values: Float64Array[], derivatives: Float64Array[]): Cell {
  const rows = (x: Float64Array): Rows => new Map([[0, exact(x)]]);
  return {
    vertices: places.map((place, i) => ({place, rows: rows(values[i])})),
    derivatives: derivatives.map(rows),
  };
}
