import {fail} from '../../errors';
import type {Affine} from '../piecewise_linear/steps';
import {boundOf, derivativesAfter, extrapolate, rowsAfter, valuesAfter} from './affine_rows';
import type {Cell, Rows, Tracked, Vertex} from './cells';

/** Numbers in one product of matrices: large enough to be fast, small enough not to be felt. */
const BATCH = 2 ** 22;
/** Cells per batch at most: sums carried from cell to cell are recomputed after so many. */
const CELLS = 128;

/** Moves cells by an affine map, a batch of them at a time. */
export function* traceAffine(
  cells: Iterable<Cell>,
  step: Affine,
  reads: readonly number[],
  replace: (rows: Rows, row: Tracked) => Rows,
  layer: string,
): Iterable<Cell> {
  const most = Math.min(CELLS, Math.ceil(BATCH / Math.max(step.inputs, step.outputs) / 2));
  const batches = new AffineTracer(step, reads, replace, layer);
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

class AffineTracer {
  /** The last vertex of a batch is the first of the next. */
  private readonly images = new WeakMap<Vertex, {vertex: Vertex; values: Float64Array}>();

  constructor(
    private readonly step: Affine,
    private readonly reads: readonly number[],
    private readonly replace: (rows: Rows, row: Tracked) => Rows,
    private readonly layer: string,
  ) {}

  /** The cells of a batch after the step; those that share a vertex still share it. */
  mapped(cells: Cell[]): Cell[] {
    return cells[0].bend ? this.mapEach(cells) : this.mapShared(cells);
  }

  /** Each row is recomputed, for cells with bends: derivatives may differ by more digits than doubles have. */
  private mapEach(cells: Cell[]): Cell[] {
    const {step} = this;
    const read = (rows: Rows) => joined(rows, this.reads);
    const vertices = [...new Set(cells.flatMap((cell) => cell.vertices))].filter((vertex) => !this.images.has(vertex));
    const moved = rowsAfter(
      step,
      vertices.map(({rows}) => read(rows)),
      step.bias,
    );
    for (const [i, vertex] of vertices.entries()) this.keep(vertex, moved[i]);
    const turned = (rows: Rows[]) => {
      const after = rowsAfter(step, rows.map(read), null);
      return rows.map((before, i) => this.replace(before, after[i]));
    };
    const derivatives = turned(cells.map((cell) => cell.derivatives[0]));
    const bends = turned(cells.map((cell) => cell.bend!));
    return cells.map((cell, i) => ({
      vertices: cell.vertices.map((vertex) => this.images.get(vertex)!.vertex),
      derivatives: [derivatives[i]],
      bend: bends[i],
    }));
  }

  private keep(of: Vertex, row: Tracked): void {
    this.requireFinite(row);
    this.images.set(of, {vertex: {place: of.place, rows: this.replace(of.rows, row)}, values: row.values});
  }

  /** Nobody can tell the sign of a number that has overflowed, nor where it is 0. */
  private requireFinite({values}: Tracked): void {
    const odd = values.findIndex((value) => !Number.isFinite(value));
    if (odd < 0) return;
    const fix = 'Take inputs nearer to 0, or look whether the training has diverged.';
    fail(`layer ${this.layer}`, 'all values must be numbers that doubles hold', `${values[odd]} at [${odd}]`, fix);
  }

  /** For other cells: neighbours share magnitudes, and sums where they can. */
  private mapShared(cells: Cell[]): Cell[] {
    const derivatives = cells.map((cell) => cell.derivatives.map((rows) => joined(rows, this.reads)));
    const turned = derivativesAfter(this.step, derivatives);
    for (const row of turned.flat()) this.requireFinite(row);
    const vertices = [...new Set(cells.flatMap((cell) => cell.vertices))];
    const rows = new Map(vertices.map((vertex) => [vertex, joined(vertex.rows, this.reads)]));
    const magnitudes = boundOf(this.step, [...rows.values()], this.step.bias);
    // Along a segment vertices follow from the ones before and the derivatives; the last is recomputed.
    const followed = new Set(cells[0].vertices.length === 2 ? cells.slice(0, -1).map((cell) => cell.vertices[1]) : []);
    const direct = vertices.filter((vertex) => !this.images.has(vertex) && !followed.has(vertex));
    const made = valuesAfter(
      this.step,
      direct.map((vertex) => rows.get(vertex)!.values),
    );
    for (const [k, vertex] of direct.entries()) this.keep(vertex, {values: made[k], magnitudes});
    for (const [i, {vertices: ends}] of cells.entries()) {
      if (!followed.has(ends[1])) continue;
      const [start, end] = ends.map((vertex) => rows.get(vertex)!.values);
      const derivative = {before: derivatives[i][0].values, after: turned[i][0].values};
      const values = extrapolate(this.step, {before: start, after: this.images.get(ends[0])!.values}, end, derivative);
      this.keep(ends[1], {values, magnitudes});
    }
    return cells.map((cell, i) => ({
      vertices: cell.vertices.map((vertex) => this.images.get(vertex)!.vertex),
      derivatives: cell.derivatives.map((before, axis) => this.replace(before, turned[i][axis])),
    }));
  }
}

/** The values that a step reads, concatenated. */
function joined(rows: Rows, reads: readonly number[]): Tracked {
  if (reads.length === 1) return rows.get(reads[0])!;
  const all = reads.map((read) => rows.get(read)!);
  const length = all.reduce((total, {values}) => total + values.length, 0);
  const row: Tracked = {values: new Float64Array(length), magnitudes: new Float64Array(length)};
  let at = 0;
  for (const {values, magnitudes} of all) {
    row.values.set(values, at);
    row.magnitudes.set(magnitudes, at);
    at += values.length;
  }
  return row;
}
