/**
 * Tells whether a network bends between two cells.
 *
 * Where the derivatives clearly differ it does. Where they do not, the change may be lost beside a slope 10^14 times its size that
 * stays the same. Then the two cells are traced once more, along a line from one into the other, with the change itself
 * (`Cell.bend`): that is a sum of changes alone, so that the size of its own terms tells it from rounding. This costs as much as
 * a few cells, and is rare.
 */

import type {PiecewiseLinear} from '../piecewise_linear/read_model';
import {type Cell, differ, INPUT, isNonzero, mapRows, type Tracked, type Vertex, zerosLike} from './cells';
import {Rounding, SURELY_NUMBER} from './rounding';
import {inputCell, trace} from './trace';

/** From a point of the input inside of one cell to a point inside of its neighbour, in a direction. */
export interface Line {
  readonly from: Vertex;
  readonly to: Vertex;
  readonly direction: Float64Array;
  /** The derivatives of the output in this direction, in the one cell and in the other. */
  readonly slopes: readonly [Tracked, Tracked];
}

export class Bends {
  constructor(
    private readonly network: PiecewiseLinear,
    private readonly rounding: Rounding,
  ) {}

  /** Whether the output bends, given its derivatives in either cell; `line` is null where no double lies inside of a cell. */
  between(before: readonly Tracked[], after: readonly Tracked[], line: () => Line | null): boolean {
    if (before.some((row, axis) => surelyDiffer(row, after[axis]))) return true;
    if ([...before, ...after].every(isConstant)) return false;
    const isBent = this.along(line());
    if (isBent !== null) return isBent;
    this.rounding.isSure = false;
    return before.some((row, axis) => differ(row, after[axis], this.rounding));
  }

  /** Whether the output bends on a line; null if that does not go through the two cells and nothing else. */
  private along(line: Line | null): boolean | null {
    if (!line) return null;
    const {output} = this.network;
    const rounding = new Rounding();
    const cells = [...trace(this.network, cellOf(line), rounding)];
    if (cells.length !== 2) return null;
    const isOther = cells.some(({derivatives}, i) => surelyDiffer(derivatives[0].get(output)!, line.slopes[i]));
    if (isOther) return null;
    const isBent = isNonzero(cells[1].bend!.get(output)!, rounding);
    if (!rounding.isSure) this.rounding.isSure = false;
    return isBent;
  }
}

/** The cell that a trace with bends starts from. */
function cellOf({from, to, direction}: Line): Cell {
  const rows = [from, to].map((vertex) => vertex.rows.get(INPUT)!);
  const start = inputCell([[0], [1]], rows, [direction]);
  return {...start, bend: mapRows(start.derivatives[0], zerosLike)};
}

/** Whether the derivative is 0 and a sum of zeros: nothing is lost in it. */
const isConstant = ({magnitudes}: Tracked) => magnitudes.every((size) => size === 0);

function surelyDiffer(a: Tracked, b: Tracked): boolean {
  for (let i = 0; i < a.values.length; i++) {
    const size = Math.max(Math.abs(a.magnitudes[i]), Math.abs(b.magnitudes[i]));
    if (Math.abs(a.values[i] - b.values[i]) > SURELY_NUMBER * size) return true;
  }
  return false;
}
