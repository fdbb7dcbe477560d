import {fail} from '../../errors';
import type {Affine, Few} from '../piecewise_linear/steps';
import {type Moved, RowMap, rowsAfter} from './affine_rows';
import type {Cell, Rows, Tracked, Vertex} from './cells';
import type {RowSources} from './row_source';

/** Numbers in one product of matrices: large enough to be fast, small enough not to be felt. */
const BATCH = 2 ** 22;
/** Cells per batch at most; and of a small kernel, whose rows then stay in the caches. */
const CELLS = 128;
export const CELLS_OF_KERNEL = 8;
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
  sources: RowSources,
): Iterable<Cell> {
  const together = Math.min(
    step.few ? CELLS_OF_KERNEL : CELLS,
    Math.ceil(BATCH / Math.max(step.inputs, step.outputs) / 2),
  );
  const most = step.pointwise ? 1 : together; // numbers of one row: none is read twice, and a batch leaves the caches
  const batches = new AffineTracer(step, reads, replace, layer, sources);
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
    private readonly sources: RowSources,
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
    const row = chain && !chain.vertices.mayOverflow ? moved.after : this.requireFinite(moved.after);
    const vertex = {place: of.place, rows: this.replace(of.rows, row)};
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
    const rows = new Map<Vertex, Tracked>(); // of corners that have no image yet
    for (const {vertices} of cells) {
      for (const vertex of vertices) {
        if (!rows.has(vertex) && !this.images.has(vertex)) rows.set(vertex, joined(vertex.rows, this.reads));
      }
    }
    chain.vertices.include([...rows.values()]);
    const mapped: Cell[] = [];
    for (const [i, cell] of cells.entries()) {
      for (const vertex of cell.vertices) {
        if (!this.images.has(vertex)) this.follow(vertex, rows.get(vertex)!, cell, derivatives[i], chain);
      }
      mapped.push({
        vertices: this.imagesOf(cell.vertices),
        edges: cell.edges,
        derivatives: this.replaced(cell.derivatives, derivatives[i], chain.derivatives),
      });
    }
    return mapped;
  }

  /** Makes the image of a corner from that of another one. */
  private follow(vertex: Vertex, row: Tracked, cell: Cell, derivatives: readonly Moved[], chain: Chain): void {
    const start = this.nearest(cell.vertices, chain);
    const lengths: number[] = [];
    for (let axis = 0; start && axis < vertex.place.length; axis++) {
      lengths.push(vertex.place[axis] - start.vertex.place[axis]);
    }
    const moved = start && chain.vertices.along(row, start, derivatives, lengths);
    if (moved) this.keep(vertex, moved, start.carried + 1, chain);
    else this.keep(vertex, chain.vertices.whole([row])[0], 0, chain);
  }

  private replaced(before: readonly Rows[], moved: readonly Moved[], {mayOverflow}: RowMap): Rows[] {
    const after: Rows[] = [];
    for (const [axis, {after: row}] of moved.entries()) {
      after.push(this.replace(before[axis], mayOverflow ? this.requireFinite(row) : row));
    }
    return after;
  }

  /** A corner of a cell whose image others may follow from, the one that was carried on least. */
  private nearest(corners: readonly Vertex[], chain: Chain): Image | null {
    let best: Image | null = null;
    for (const corner of corners) {
      const image = this.images.get(corner);
      if (!image || image.chain !== chain || image.carried >= CARRIED) continue;
      if (!best || image.carried < best.carried) best = image;
    }
    return best;
  }

  /** The chain that cells go on, or a new one. */
  private chainFor(cells: readonly Cell[]): Chain {
    if (this.chain && this.chain.cells + cells.length <= COMMON) return this.chain;
    const {step, sources} = this;
    this.chain = {
      vertices: new RowMap(step, step.bias, sources.vertices),
      derivatives: new RowMap(step, null, sources.derivatives),
      cells: 0,
      last: [],
    };
    return this.chain;
  }

  /** The derivatives of cells by each coordinate. */
  private derivativesOf(cells: readonly Cell[], chain: Chain): Moved[][] {
    const map = chain.derivatives;
    const rows: Tracked[][] = [];
    for (const {derivatives} of cells) rows.push(joinedAll(derivatives, this.reads));
    map.include(rows.flat());
    const differences: (Few | null)[][] = [];
    const unlike: Tracked[] = [];
    for (const [i, all] of rows.entries()) {
      const own: (Few | null)[] = [];
      for (const [axis, row] of all.entries()) {
        const before = i === 0 ? chain.last[axis]?.before : rows[i - 1][axis];
        const isFirst = (chain.cells + i) % CARRIED === 0;
        const difference = isFirst ? null : map.difference(row.values, before.values);
        if (!difference) unlike.push(row);
        own.push(difference);
      }
      differences.push(own);
    }
    const whole = map.whole(unlike); // together: a large matrix is then read less often
    const moved: Moved[][] = [];
    let next = 0;
    for (const [i, all] of rows.entries()) {
      const own: Moved[] = [];
      for (const [axis, row] of all.entries()) {
        const difference = differences[i][axis];
        own.push(difference ? map.changed(row, chain.last[axis], difference) : whole[next++]);
      }
      moved.push(own);
      chain.last = own;
    }
    chain.cells += cells.length;
    return moved;
  }
}

function joinedAll(all: readonly Rows[], reads: readonly number[]): Tracked[] {
  const rows: Tracked[] = [];
  for (const each of all) rows.push(joined(each, reads));
  return rows;
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
