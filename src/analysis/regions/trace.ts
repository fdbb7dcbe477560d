/**
 * Linear regions, by following cells through a network.
 *
 * A cell is an interval of a segment, or a polygon of a plane, on which the part of the network so far is linear: its corners,
 * the values there, and the derivatives. A stream of cells goes through the steps, one step at a time: an affine step maps
 * them, an elementwise or a max step first cuts each where a unit goes on to another piece. Invariant: the cells of a stream
 * cover the start, do not overlap, and come in order along a segment. Every number carries the magnitude of the terms that it
 * is a sum of, so that a rounding error is told from a small number (`cells.ts`): that is what makes counts exact in doubles.
 */

import type {PiecewiseLinear} from '../piecewise_linear/read_model';
import type {Step} from '../piecewise_linear/steps';
import {BORDER, type Cell, INPUT, mapRows, type Rows, type Tracked, withoutRounding, zerosLike} from './cells';
import {joinSteps} from './joined_steps';
import type {Rounding} from './rounding';
import {NEW_ROWS, type RowSources, RowsInTurn} from './row_source';
import {CELLS_OF_KERNEL, traceAffine} from './trace_affine';
import {traceElementwise} from './trace_elementwise';
import {traceMax} from './trace_max';

/**
 * The cells on which a network is linear, inside a cell of its input. They are made one by one as they are asked for, in
 * order along a segment: nothing holds all of them, and no layer more than a batch.
 */
export function trace(network: PiecewiseLinear, start: Cell, rounding: Rounding): Iterable<Cell> {
  const {nodes, output} = joinSteps(network);
  const bent = start.vertices.length === 2 && nodes.some(({step}) => hasBends(step));
  let cells: Iterable<Cell> = [bent ? {...start, bend: mapRows(start.derivatives[0], zerosLike)} : start];
  for (const [i, {layer, step, reads, writes}] of nodes.entries()) {
    const needed = new Set([output, ...nodes.slice(i + 1).flatMap((later) => later.reads)]);
    const replace = (rows: Rows, row: Tracked): Rows =>
      new Map([...[...rows].filter(([value]) => needed.has(value)), [writes, row]]);
    const later = new Set([output, ...nodes.slice(i + 2).flatMap((node) => node.reads)]);
    const next = later.has(writes) ? undefined : nodes[i + 1]?.step;
    const sources = next && handOn(step, next) ? inTurn(start) : {vertices: NEW_ROWS, derivatives: NEW_ROWS};
    if (step.kind === 'affine') cells = traceAffine(cells, step, reads, replace, layer, sources);
    else if (step.kind === 'max') cells = traceMax(cells, step, reads[0], replace, rounding);
    else cells = traceElementwise(cells, step, reads[0], replace, rounding, sources);
  }
  return cells;
}

/** Whether the rows of a step are read cell by cell: by the functions after a kernel, and by the kernel after functions. */
const handOn = (step: Step, next: Step) =>
  isKernel(step) !== isKernel(next) && [step, next].some(({kind}) => kind === 'elementwise');

const isKernel = (step: Step) => step.kind === 'affine' && step.few !== undefined;

/**
 * Rows that serve for the batch of a kernel and for a cell on either side of it. Corners of polygons may be those of any later
 * polygon.
 */
function inTurn({vertices, derivatives}: Cell): RowSources {
  const rows = 2 * (CELLS_OF_KERNEL + 2); // values and sizes
  return {
    vertices: vertices.length === 2 ? new RowsInTurn(rows) : NEW_ROWS,
    derivatives: new RowsInTurn(rows * derivatives.length),
  };
}

const hasBends = (step: Step) => step.kind === 'elementwise' && step.functions.some(({slopeChanges}) => slopeChanges);

/** A cell of the input as a stream starts with it. */
export function inputCell(places: number[][], values: Tracked[], derivatives: Float64Array[]): Cell {
  const rows = (row: Tracked): Rows => new Map([[INPUT, row]]);
  return {
    vertices: places.map((place, i) => ({place, rows: rows(values[i])})),
    edges: places.length > 2 ? places.map(() => BORDER) : undefined,
    derivatives: derivatives.map((derivative) => rows(withoutRounding(derivative))),
  };
}
