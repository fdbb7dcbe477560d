import {boundOf, derivativesAfter, follow, valuesAfter} from './affine_rows';
import type {Cell, Row, Rows, Vertex} from './cells';
import type {Affine} from './steps';

/** Numbers in one product of matrices: large enough to be fast, small enough not to be felt. */
const BATCH = 2 ** 22;
/** Of a batch, as many cells at most: sums that are carried from cell to cell are made anew after them. */
const CELLS = 128;

/** Moves cells by an affine map, a batch of them at a time. */
export function* throughAffine(
  cells: Iterable<Cell>,
  step: Affine,
  reads: readonly number[],
  replace: (rows: Rows, row: Row) => Rows,
): Iterable<Cell> {
  const most = Math.min(CELLS, Math.ceil(BATCH / Math.max(step.inputs, step.outputs) / 2));
  const batches = new Batches(step, reads, replace);
  let batch: Cell[] = [];
  for (const cell of cells) {
    batch.push(cell);
    if (batch.length >= most) {
      yield* batches.mapped(batch);
      batch = [];
    }
  }
  if (batch.length > 0) yield* batches.mapped(batch);
}

class Batches {
  /** The last vertex of a batch is the first of the next. */
  private readonly images = new WeakMap<Vertex, {vertex: Vertex; values: Float64Array}>();

  constructor(
    private readonly step: Affine,
    private readonly reads: readonly number[],
    private readonly replace: (rows: Rows, row: Row) => Rows,
  ) {}

  /** The cells of a batch after the step; those that share a vertex still share it. */
  mapped(cells: Cell[]): Cell[] {
    const derivatives = cells.map((cell) => cell.derivatives.map((rows) => joined(rows, this.reads)));
    const turned = derivativesAfter(this.step, derivatives);
    const vertices = [...new Set(cells.flatMap((cell) => cell.vertices))];
    const rows = vertices.map((vertex) => joined(vertex.rows, this.reads));
    const sizes = boundOf(this.step, rows, this.step.bias);
    const keep = (i: number, values: Float64Array) => {
      const {place, rows: before} = vertices[i];
      const vertex = {place, rows: this.replace(before, {values, sizes})};
      this.images.set(vertices[i], {vertex, values});
    };
    const missing = vertices.flatMap((vertex, i) => (this.images.has(vertex) ? [] : [i]));
    const onLine = cells[0].vertices.length === 2;
    // Along a segment the vertices between follow from the derivatives; the ends are made anew.
    const direct = onLine ? missing.filter((i) => i === 0 || i === vertices.length - 1) : missing;
    const made = valuesAfter(
      this.step,
      direct.map((i) => rows[i].values),
    );
    for (const [k, i] of direct.entries()) keep(i, made[k]);
    if (onLine) {
      for (let i = 1; i < vertices.length - 1; i++) {
        const derivative = {before: derivatives[i - 1][0].values, after: turned[i - 1][0].values};
        const start = {before: rows[i - 1].values, after: this.images.get(vertices[i - 1])!.values};
        keep(i, follow(this.step, start, rows[i].values, derivative));
      }
    }
    return cells.map((cell, i) => ({
      vertices: cell.vertices.map((vertex) => this.images.get(vertex)!.vertex),
      derivatives: cell.derivatives.map((before, axis) => this.replace(before, turned[i][axis])),
    }));
  }
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
