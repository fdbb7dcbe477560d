import type {Cell, Row, Rows, Vertex} from './cells';
import type {Affine} from './steps';

/** Numbers in one product of matrices: large enough to be fast, small enough not to be felt. */
const BATCH = 2 ** 18;

/** Moves cells by an affine map, a batch of them at a time. */
export function* throughAffine(
  cells: Iterable<Cell>,
  step: Affine,
  reads: readonly number[],
  replace: (rows: Rows, row: Row) => Rows,
): Iterable<Cell> {
  const rowsOfBatch = Math.ceil(BATCH / Math.max(step.inputs, step.outputs));
  const images = new WeakMap<Vertex, Vertex>(); // the last vertex of a batch is the first of the next
  let batch: Cell[] = [];
  let rows = 0;
  for (const cell of cells) {
    batch.push(cell);
    rows += directionsOf(cell).length + 1; // at most so many new vertices, but for the first cell
    if (rows >= rowsOfBatch) {
      yield* mapped(batch, images, step, reads, replace);
      [batch, rows] = [[], 0];
    }
  }
  yield* mapped(batch, images, step, reads, replace);
}

/** The cells of a batch after a step; those that share a vertex still share it. */
function mapped(
  cells: Cell[],
  images: WeakMap<Vertex, Vertex>,
  step: Affine,
  reads: readonly number[],
  replace: (rows: Rows, row: Row) => Rows,
): Cell[] {
  const read = (rows: Rows) => joined(rows, reads);
  const vertices = [...new Set(cells.flatMap((cell) => cell.vertices))].filter((vertex) => !images.has(vertex));
  const directions = cells.flatMap(directionsOf);
  const moved = apply(
    step,
    vertices.map(({rows}) => read(rows)),
    step.bias,
  );
  const turned = apply(step, directions.map(read), null);
  for (const [i, vertex] of vertices.entries()) {
    images.set(vertex, {place: vertex.place, rows: replace(vertex.rows, moved[i])});
  }
  let at = 0;
  return cells.map((cell) => ({
    vertices: cell.vertices.map((vertex) => images.get(vertex)!),
    derivatives: cell.derivatives.map((rows) => replace(rows, turned[at++])),
    bend: cell.bend && replace(cell.bend, turned[at++]),
  }));
}

/** All of a cell that a bias does not move. */
const directionsOf = ({derivatives, bend}: Cell): readonly Rows[] => (bend ? [...derivatives, bend] : derivatives);

function apply(step: Affine, rows: Row[], bias: Float64Array | null): Row[] {
  if (rows.length === 0) return [];
  const stacked = (part: keyof Row) => {
    if (rows.length === 1) return rows[0][part];
    const x = new Float64Array(rows.length * step.inputs);
    for (const [i, row] of rows.entries()) x.set(row[part], i * step.inputs);
    return x;
  };
  const values = step.linear(stacked('values'), rows.length);
  const sizes = step.absolute(stacked('sizes'), rows.length);
  return rows.map((_, i) => {
    const own = (all: Float64Array) => all.subarray(i * step.outputs, (i + 1) * step.outputs);
    const row = {values: own(values), sizes: own(sizes)};
    for (let unit = 0; bias && unit < bias.length; unit++) {
      row.values[unit] += bias[unit];
      row.sizes[unit] += Math.abs(bias[unit]);
    }
    return row;
  });
}

/** The values that a step reads, one behind the other. */
function joined(rows: Rows, reads: readonly number[]): Row {
  if (reads.length === 1) return rows.get(reads[0])!;
  const all = reads.map((read) => rows.get(read)!);
  const length = all.reduce((total, {values}) => total + values.length, 0);
  const row: Row = {values: new Float64Array(length), sizes: new Float64Array(length)};
  let at = 0;
  for (const {values, sizes} of all) {
    row.values.set(values, at);
    row.sizes.set(sizes, at);
    at += values.length;
  }
  return row;
}
