import {fail} from '../../errors';
import type {Affine} from '../piecewise_linear/steps';
import {type Direction, directionsOf, isNear, type Moved, RowMap, rowsAfter} from './affine_rows';
import type {Cell, Rows, Tracked, Vertex} from './cells';

/** Numbers in one product of matrices: large enough to be fast, small enough not to be felt. */
const BATCH = 2 ** 22;
/** Cells per batch at most; and of a small kernel, whose rows then stay in the caches. */
const CELLS = 128;
const CELLS_OF_KERNEL = 16;
/** Steps with fewer multiplications are cheaper to compute whole than to follow from row to row. */
const CHEAP = 2 ** 12;
/** Sums carried from row to row are computed whole after so many. */
const CARRIED = 64;
/** Cells whose rows have a common bound. */
const COMMON = 128;

/** Moves cells by an affine map, a batch of them at a time. */
export function* traceAffine(
  cells: Iterable<Cell>,
  step: Affine,
  reads: readonly number[],
  replace: (rows: Rows, row: Tracked) => Rows,
  layer: string,
): Iterable<Cell> {
  const together = Math.min(
    step.few ? CELLS_OF_KERNEL : CELLS,
    Math.ceil(BATCH / Math.max(step.inputs, step.outputs) / 2),
  );
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
  readonly chain: Chain | null;
}

/** Cells whose rows follow from each other. */
interface Chain {
  readonly vertices: RowMap;
  readonly derivatives: RowMap;
  cells: number;
  /** The derivatives of the last cell. */
  last: Moved[];
}

class AffineTracer {
  /** Neighbours share vertices, also those of two batches. */
  private readonly images = new WeakMap<Vertex, Image>();
  private chain: Chain | null = null;

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
    for (const [i, vertex] of vertices.entries()) this.keep(vertex, {before: before[i], after: after[i]}, 0, null);
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

  private keep(of: Vertex, moved: Moved, carried: number, chain: Chain | null): void {
    const vertex = {place: of.place, rows: this.replace(of.rows, this.requireFinite(moved.after))};
    this.images.set(of, {...moved, vertex, carried, chain});
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
    const chain = this.chainFor(cells);
    const derivatives = this.derivativesOf(cells, chain);
    const corners = [...new Set(cells.flatMap((cell) => cell.vertices))].filter((vertex) => !this.images.has(vertex));
    const rows = new Map(corners.map((vertex) => [vertex, joined(vertex.rows, this.reads)]));
    const map = chain.vertices;
    map.include([...rows.values()]);
    return cells.map((cell, i) => {
      let directions: Direction[] | null = null; // of the cell
      for (const vertex of cell.vertices) {
        if (this.images.has(vertex)) continue;
        const row = rows.get(vertex)!;
        const [start] = cell.vertices
          .flatMap((corner) => this.images.get(corner) ?? [])
          .filter((image) => image.chain === chain && image.carried < CARRIED)
          .sort((a, b) => a.carried - b.carried);
        if (start) directions ??= directionsOf(derivatives[i]);
        const moved = start && map.along(row, start, directions!);
        if (moved) this.keep(vertex, moved, start.carried + 1, chain);
        else this.keep(vertex, map.whole([row])[0], 0, chain);
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

  /** The chain that cells go on, or a new one. */
  private chainFor(cells: readonly Cell[]): Chain {
    if (this.chain && this.chain.cells + cells.length <= COMMON) return this.chain;
    const {step} = this;
    this.chain = {
      vertices: new RowMap(step, step.bias),
      derivatives: new RowMap(step, null),
      cells: 0,
      last: [],
    };
    return this.chain;
  }

  /** The derivatives of cells by each coordinate. */
  private derivativesOf(cells: readonly Cell[], chain: Chain): Moved[][] {
    const rows = cells.map((cell) => cell.derivatives.map((all) => joined(all, this.reads)));
    const map = chain.derivatives;
    map.include(rows.flat());
    const before = (i: number, axis: number) => (i === 0 ? chain.last[axis].before : rows[i - 1][axis]);
    const follows = rows.map((all, i) =>
      all.map(({values}, axis) => (chain.cells + i) % CARRIED > 0 && isNear(before(i, axis).values, values)),
    );
    // Together: a large matrix is then read less often.
    const whole = map.whole(rows.flatMap((all, i) => all.filter((_, axis) => !follows[i][axis])));
    const moved: Moved[][] = [];
    let next = 0;
    for (const [i, all] of rows.entries()) {
      const last = chain.last;
      chain.last = all.map((row, axis) => (follows[i][axis] ? map.changed(row, last[axis]) : whole[next++]));
      moved.push(chain.last);
    }
    chain.cells += cells.length;
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
