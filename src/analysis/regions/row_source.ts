/**
 * Where rows of numbers come from. A network of 10^5 units makes 3 MB of rows for each cell, and clearing them away took as long
 * as filling them: a row that only the next step reads is written over once nobody can read it any more.
 */
export interface RowSource {
  /** A row that whoever asks fills: it may hold any numbers. */
  row(length: number): Float64Array;
  copyOf(row: Float64Array): Float64Array;
}

/** Sources for the values at vertices, and for the derivatives. */
export interface RowSources {
  readonly vertices: RowSource;
  readonly derivatives: RowSource;
}

/** Rows that may be kept. */
export const NEW_ROWS: RowSource = {
  row: (length) => new Float64Array(length),
  copyOf: (row) => row.slice(),
};

/** Rows of one length in turn: each serves until `count` more were asked for. */
export class RowsInTurn implements RowSource {
  private readonly rows: Float64Array[] = [];
  private next = 0;

  constructor(private readonly count: number) {}

  row(length: number): Float64Array {
    const {rows, next} = this;
    rows[next] ??= new Float64Array(length);
    this.next = (next + 1) % this.count;
    return rows[next];
  }

  copyOf(row: Float64Array): Float64Array {
    const own = this.row(row.length);
    own.set(row);
    return own;
  }
}
