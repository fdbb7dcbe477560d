import {type Pieces, pieceAt, slopeAt, valueAt} from './pieces';

/** The functions of the units of a layer by columns, so that loops over 10^5 units do not follow pointers. */
export interface UnitTable {
  readonly functions: readonly Pieces[];
  /** 0, 1, or 2 for more. */
  readonly kinks: Uint8Array;
  /** The first kink, 0 for a straight function. */
  readonly kink: Float64Array;
  /** The value there, and the slopes on either side. */
  readonly value: Float64Array;
  readonly below: Float64Array;
  readonly above: Float64Array;
}

const SEVERAL = 2;

export function unitTable(functions: readonly Pieces[]): UnitTable {
  const column = (of: (f: Pieces) => number) => Float64Array.from(functions, of);
  return {
    functions,
    kinks: Uint8Array.from(functions, ({kinks}) => Math.min(kinks.length, SEVERAL)),
    kink: column(({kinks}) => kinks[0] ?? 0),
    value: column(({values}) => values[0]),
    below: column(({slopes}) => slopes[0]),
    above: column(({slopes}) => slopes[slopes.length - 1]),
  };
}

/** The functions at x. */
export function valuesOf({functions, kinks, kink, value, below, above}: UnitTable, x: Float64Array): Float64Array {
  const y = new Float64Array(x.length);
  const several = SEVERAL; // looked up once
  for (let unit = 0; unit < y.length; unit++) {
    if (kinks[unit] === several) {
      y[unit] = valueAt(functions[unit], x[unit]);
    } else {
      const d = x[unit] - kink[unit];
      y[unit] = value[unit] + (d < 0 ? below[unit] : above[unit]) * d;
    }
  }
  return y;
}

/** The slopes on a cell that no kink crosses: those at the mean of its vertices. */
export function slopesOn(table: UnitTable, rows: readonly Float64Array[]): Float64Array {
  const {kinks, kink, below, above} = table;
  const middle = meanOf(rows);
  const several = SEVERAL; // looked up once
  for (let unit = 0; unit < middle.length; unit++) {
    const x = middle[unit];
    if (kinks[unit] === several) middle[unit] = slopeOf(table, unit, x);
    else middle[unit] = x < kink[unit] ? below[unit] : above[unit];
  }
  return middle;
}

/** The slope of one unit at a number. */
export function slopeOf({functions, kinks, kink, below, above}: UnitTable, unit: number, x: number): number {
  if (kinks[unit] === SEVERAL) return slopeAt(functions[unit], pieceAt(functions[unit], x));
  return x < kink[unit] ? below[unit] : above[unit];
}

function meanOf(rows: readonly Float64Array[]): Float64Array {
  if (rows.length === 2) return halfway(rows[0], rows[1]);
  const mean = rows[0].slice();
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i];
    for (let unit = 0; unit < mean.length; unit++) mean[unit] += row[unit];
  }
  for (let unit = 0; unit < mean.length; unit++) mean[unit] /= rows.length;
  return mean;
}

function halfway(x: Float64Array, y: Float64Array): Float64Array {
  const mean = new Float64Array(x.length);
  for (let unit = 0; unit < mean.length; unit++) mean[unit] = (x[unit] + y[unit]) / 2;
  return mean;
}
