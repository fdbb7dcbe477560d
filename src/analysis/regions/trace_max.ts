import type {Max} from '../piecewise_linear/steps';
import {
  type Cell,
  cut,
  mapRows,
  newCut,
  type Outline,
  ROUNDING,
  type Rows,
  type Tracked,
  type Vertex,
  zerosLike,
} from './cells';

/** Cuts cells where another place of a window becomes the largest, and takes the largest. */
export function* traceMax(
  cells: Iterable<Cell>,
  {windows}: Max,
  read: number,
  replace: (rows: Rows, row: Tracked) => Rows,
): Iterable<Cell> {
  let last: {winners: number[]; derivative: Tracked} | null = null;
  for (const cell of cells) {
    let incoming = cell.bend;
    const stack: {part: Outline; winners: number[]}[] = [{part: cell, winners: []}];
    while (stack.length > 0) {
      const {part: outline, winners} = stack.pop()!;
      if (winners.length < windows.length) {
        const parts = split(outline, windows[winners.length], read);
        // The stack gives back the last first.
        for (const {part, winner} of parts.reverse()) stack.push({part, winners: [...winners, winner]});
        continue;
      }
      const derivative = cell.derivatives[0].get(read)!;
      const after = {winners, derivative};
      const bend = incoming && replace(incoming, bendBetween(last ?? after, after, incoming.get(read)!));
      last = after;
      if (incoming === cell.bend) incoming = cell.bend && mapRows(cell.bend, zerosLike);
      yield {
        vertices: outline.vertices.map(({place, rows}) => ({
          place,
          rows: replace(rows, selected(rows.get(read)!, winners)),
        })),
        edges: outline.edges,
        derivatives: cell.derivatives.map((rows) => replace(rows, selected(rows.get(read)!, winners))),
        bend,
      };
    }
  }
}

/** The bend of the outputs between two intervals: of the place that stays the largest its own. */
function bendBetween(
  before: {winners: number[]; derivative: Tracked},
  after: {winners: number[]; derivative: Tracked},
  bend: Tracked,
): Tracked {
  const pairs = after.winners.map((winner, i) => [before.winners[i], winner]);
  const [old, now] = [before.derivative, after.derivative];
  const size = (from: number, to: number) => Math.abs(now.magnitudes[to]) + Math.abs(old.magnitudes[from]);
  return {
    values: Float64Array.from(pairs, ([from, to]) =>
      from === to ? bend.values[to] : now.values[to] - old.values[from],
    ),
    magnitudes: Float64Array.from(pairs, ([from, to]) => (from === to ? bend.magnitudes[to] : size(from, to))),
  };
}

/** The parts of a cell on which one place of the window is the largest each, in order along a segment. */
function split(cell: Outline, window: Int32Array, read: number): {part: Outline; winner: number}[] {
  const candidates = [...window].filter(
    (i, at) => !window.subarray(0, at).some((j) => equal(cell.vertices, i, j, read)),
  );
  const cuts = new Map<string, number>(); // of two places, whichever of them is the winner
  const parts = candidates.flatMap((winner) => {
    let part: Outline | null = cell;
    for (const other of candidates) {
      if (part === null || other === winner) continue;
      const pair = String([winner, other].sort());
      const number = cuts.get(pair) ?? newCut();
      cuts.set(pair, number);
      part = where(part, {winner, other, number}, read);
    }
    return part ? [{part, winner}] : [];
  });
  return parts.sort((a, b) => a.part.vertices[0].place[0] - b.part.vertices[0].place[0]);
}

/** The part of a cell where one place is at least as large as another; null if that is no more than its edge. */
function where(
  cell: Outline,
  {winner, other, number}: {winner: number; other: number; number: number},
  read: number,
): Outline | null {
  const distances = cell.vertices.map((vertex) => difference(vertex, winner, other, read));
  if (distances.every((d) => d <= 0)) return null;
  if (distances.every((d) => d >= 0)) return cell;
  const {above, made} = cut(cell, distances, number);
  for (const {rows} of made) {
    const {values} = rows.get(read)!;
    values[other] = values[winner];
  }
  return above;
}

const equal = (vertices: readonly Vertex[], i: number, j: number, read: number) =>
  vertices.every((vertex) => difference(vertex, i, j, read) === 0);

function difference({rows}: Vertex, i: number, j: number, read: number): number {
  const {values, magnitudes} = rows.get(read)!;
  const d = values[i] - values[j];
  return Math.abs(d) <= ROUNDING * (Math.abs(magnitudes[i]) + Math.abs(magnitudes[j])) ? 0 : d;
}

/** The numbers of the winners: another one is larger at most by rounding, and may be known less well. */
function selected({values, magnitudes}: Tracked, winners: number[]): Tracked {
  const pick = (all: Float64Array) => Float64Array.from(winners, (i) => all[i]);
  return {values: pick(values), magnitudes: pick(magnitudes)};
}
