import {fail} from '../../errors';
import type {Affine} from '../piecewise_linear/steps';
import {changeOf, type Moved, RowMap, rowsAfter} from './affine_rows';
import type {Cell, Rows, Tracked, Vertex} from './cells';

/** Numbers in one product of matrices: large enough to be fast, small enough not to be felt. */
const BATCH = 2 ** 22;
/** Cells per batch at most. */
const CELLS = 128;
/** Steps with fewer multiplications are cheaper to compute whole than to follow from row to row. */
const CHEAP = 2 ** 12;
/** Sums carried from row to row are computed whole after so many. */
const CARRIED = 64;

/** Moves cells by an affine map, a batch of them at a time. */
export function* traceAffine(
  cells: Iterable<Cell>,
  step: Affine,
  reads: readonly number[],
  replace: (rows: Rows, row: Tracked) => Rows,
  layer: string,
): Iterable<Cell> {
  const together = Math.min(CELLS, Math.ceil(BATCH / Math.max(step.inputs, step.outputs) / 2));
  const most = step.pointwise ? 1 : together; // numbers of one row: none is read twice, and a batch leaves the caches
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

interface Image extends Moved {
  readonly vertex: Vertex;
  /** How often its row was carried on since one was computed whole. */
  readonly carried: number;
}

class AffineTracer {
  /** Neighbours share vertices, also those of two batches. */
  private readonly images = new WeakMap<Vertex, Image>();

  constructor(
    private readonly step: Affine,
    private readonly reads: readonly number[],
    private readonly replace: (rows: Rows, row: Tracked) => Rows,
    private readonly layer: string,
  ) {}

  /** The cells of a batch after the step; those that share a vertex still share it. */
  mapped(cells: Cell[]): Cell[] {
    const {at, multiplyAdds} = this.step;
    return cells[0].bend || !at || multiplyAdds <= CHEAP ? this.mapWhole(cells) : this.mapChanges(cells);
  }

  /** Each row is computed whole: of cells with bends, too, whose derivatives may differ by more digits than doubles have. */
  private mapWhole(cells: Cell[]): Cell[] {
    const {step} = this;
    const read = (rows: Rows) => joined(rows, this.reads);
    const vertices = [...new Set(cells.flatMap((cell) => cell.vertices))].filter((vertex) => !this.images.has(vertex));
    const before = vertices.map(({rows}) => read(rows));
    const after = rowsAfter(step, before, step.bias);
    for (const [i, vertex] of vertices.entries()) this.keep(vertex, {before: before[i], after: after[i]}, 0);
    const axes = cells[0].derivatives.map((_, axis) => this.turned(cells.map(({derivatives}) => derivatives[axis])));
    const bends = cells[0].bend && this.turned(cells.map((cell) => cell.bend!));
    return cells.map(({vertices: corners}, i) => ({
      vertices: this.imagesOf(corners),
      edges: cells[i].edges,
      derivatives: axes.map((rows) => rows[i]),
      bend: bends?.[i],
    }));
  }

  private turned(rows: readonly Rows[]): Rows[] {
    const after = rowsAfter(
      this.step,
      rows.map((row) => joined(row, this.reads)),
      null,
    );
    return rows.map((before, i) => this.replace(before, this.requireFinite(after[i])));
  }

  private keep(of: Vertex, moved: Moved, carried: number): Image {
    const vertex = {place: of.place, rows: this.replace(of.rows, this.requireFinite(moved.after))};
    const image = {...moved, vertex, carried};
    this.images.set(of, image);
    return image;
  }

  private imagesOf(vertices: readonly Vertex[]): Vertex[] {
    return vertices.map((vertex) => this.images.get(vertex)!.vertex);
  }

  /** Nobody can tell the sign of a number that has overflowed, nor where it is 0. */
  private requireFinite(row: Tracked): Tracked {
    const {values} = row;
    let sum = 0; // not a number if one of them is none
    for (let i = 0; i < values.length; i++) sum += values[i] * 0;
    if (sum === 0) return row;
    const odd = values.findIndex((value) => !Number.isFinite(value));
    const fix = 'Take inputs nearer to 0, or look whether the training has diverged.';
    return fail(
      `layer ${this.layer}`,
      'all values must be numbers that doubles hold',
      `${values[odd]} at [${odd}]`,
      fix,
    );
  }

  /** Rows follow from those of neighbours, where these differ little. */
  private mapChanges(cells: Cell[]): Cell[] {
    const derivatives = this.derivativesOf(cells);
    const corners = [...new Set(cells.flatMap((cell) => cell.vertices))].filter((vertex) => !this.images.has(vertex));
    const rows = new Map(corners.map((vertex) => [vertex, joined(vertex.rows, this.reads)]));
    const map = new RowMap(this.step, this.step.bias, [...rows.values()]);
    const whole = (vertex: Vertex) => this.keep(vertex, map.whole([rows.get(vertex)!])[0], 0);
    return cells.map((cell, i) => {
      for (const vertex of cell.vertices) {
        if (this.images.has(vertex)) continue;
        const [start] = cell.vertices
          .flatMap((corner) => this.images.get(corner) ?? [])
          .sort((a, b) => a.carried - b.carried);
        const moved = start?.carried < CARRIED ? map.along(rows.get(vertex)!, start, derivatives[i]) : null;
        if (moved) this.keep(vertex, moved, start.carried + 1);
        else whole(vertex);
      }
      return {
        vertices: this.imagesOf(cell.vertices),
        edges: cell.edges,
        derivatives: cell.derivatives.map((before, axis) =>
          this.replace(before, this.requireFinite(derivatives[i][axis].after)),
        ),
      };
    });
  }

  /** The derivatives of cells by each coordinate. */
  private derivativesOf(cells: readonly Cell[]): Moved[][] {
    const rows = cells.map((cell) => cell.derivatives.map((all) => joined(all, this.reads)));
    const map = new RowMap(this.step, null, rows.flat());
    const changes = rows.map((all, i) =>
      all.map((row, axis) => (i % CARRIED === 0 ? null : changeOf(rows[i - 1][axis].values, row.values))),
    );
    // Together: a large matrix is then read less often.
    const whole = map.whole(rows.flatMap((all, i) => all.filter((_, axis) => changes[i][axis] === null)));
    const moved: Moved[][] = [];
    let next = 0;
    for (const [i, all] of rows.entries()) {
      moved.push(
        all.map((row, axis) => {
          const change = changes[i][axis];
          return change === null ? whole[next++] : map.changed(row, change, moved[i - 1][axis]);
        }),
      );
    }
    return moved;
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
