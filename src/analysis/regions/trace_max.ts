import type {Max} from '../piecewise_linear/steps';
import {type Cell, cut, mapRows, newCut, type Outline, type Rows, type Tracked, type Vertex, zerosLike} from './cells';
import type {Rounding} from './rounding';

/** Cuts cells where another place of a window becomes the largest, and takes the largest. */
export function* traceMax(
  cells: Iterable<Cell>,
  {windows}: Max,
  read: number,
  replace: (rows: Rows, row: Tracked) => Rows,
  rounding: Rounding,
): Iterable<Cell> {
  const compare = new Comparison(read, rounding);
  let last: Choice | null = null;
  for (const cell of cells) {
    let incoming = cell.bend;
    for (const {part, winners} of partsOf(cell, windows, compare)) {
      const after = {winners, derivative: cell.derivatives[0].get(read)!};
      const bend = incoming && replace(incoming, bendBetween(last ?? after, after, incoming.get(read)!));
      last = after;
      if (incoming === cell.bend) incoming = cell.bend && mapRows(cell.bend, zerosLike);
      yield {
        vertices: part.vertices.map(({place, rows}) => ({
          place,
          rows: replace(rows, selected(rows.get(read)!, winners)),
        })),
        edges: part.edges,
        derivatives: cell.derivatives.map((rows) => replace(rows, selected(rows.get(read)!, winners))),
        bend,
      };
    }
  }
}

interface Part {
  readonly part: Outline;
  readonly winners: Int32Array;
}

/** The parts of a cell on which one place of each window is the largest, in order along a segment. */
function* partsOf(cell: Outline, windows: readonly Int32Array[], compare: Comparison): Iterable<Part> {
  const stack: (Part & {next: number})[] = [{part: cell, winners: new Int32Array(windows.length), next: 0}];
  while (stack.length > 0) {
    const {part, winners, next: first} = stack.pop()!;
    let next = first;
    let parts: Winner[] = [];
    for (; next < windows.length; next++) {
      parts = compare.split(part, windows[next]);
      if (parts.length !== 1 || parts[0].part !== part) break;
      winners[next] = parts[0].winner;
    }
    if (next === windows.length) yield {part, winners};
    // The stack gives back the last first.
    else {
      for (const {part: smaller, winner} of parts.reverse()) {
        const own = winners.slice();
        own[next] = winner;
        stack.push({part: smaller, winners: own, next: next + 1});
      }
    }
  }
}

interface Choice {
  winners: Int32Array;
  derivative: Tracked;
}

/** The bend of the outputs between two intervals: of the place that stays the largest its own. */
function bendBetween(before: Choice, after: Choice, bend: Tracked): Tracked {
  const pairs = Array.from(after.winners, (winner, i) => [before.winners[i], winner]);
  const [old, now] = [before.derivative, after.derivative];
  const size = (from: number, to: number) => Math.abs(now.magnitudes[to]) + Math.abs(old.magnitudes[from]);
  return {
    values: Float64Array.from(pairs, ([from, to]) =>
      from === to ? bend.values[to] : now.values[to] - old.values[from],
    ),
    magnitudes: Float64Array.from(pairs, ([from, to]) => (from === to ? bend.magnitudes[to] : size(from, to))),
  };
}

interface Winner {
  part: Outline;
  winner: number;
}

class Comparison {
  /** By vertex that a cut of an interval has made, the terms of the numbers that meet there, divided by the slope at which they do. */
  private readonly spreads = new WeakMap<Vertex, number>();

  constructor(
    private readonly read: number,
    private readonly rounding: Rounding,
  ) {}

  /** The parts of a cell on which one place of the window is the largest each, in order along a segment. */
  split(cell: Outline, window: Int32Array): Winner[] {
    const best = this.largest(cell.vertices[0], window);
    if (window.every((other) => other === best || this.distances(cell, best, other).every((d) => d >= 0))) {
      return [{part: cell, winner: best}];
    }
    const candidates = [...window].filter(
      (i, at) => !window.subarray(0, at).some((j) => this.distances(cell, i, j).every((d) => d === 0)),
    );
    const cuts = new Map<string, number>(); // of two places, whichever of them is the winner
    const parts = candidates.flatMap((winner) => {
      let part: Outline | null = cell;
      for (const other of candidates) {
        if (part === null || other === winner) continue;
        const pair = String([winner, other].sort());
        const number = cuts.get(pair) ?? newCut();
        cuts.set(pair, number);
        part = this.where(part, winner, other, number);
      }
      return part ? [{part, winner}] : [];
    });
    return parts.sort((a, b) => a.part.vertices[0].place[0] - b.part.vertices[0].place[0]);
  }

  private largest({rows}: Vertex, window: Int32Array): number {
    const {values} = rows.get(this.read)!;
    return window.reduce((best, i) => (values[i] > values[best] ? i : best), window[0]);
  }

  /** The part of a cell where one place is at least as large as another; null if that is no more than its edge. */
  private where(cell: Outline, winner: number, other: number, number: number): Outline | null {
    const distances = this.distances(cell, winner, other);
    if (distances.every((d) => d <= 0)) return null;
    if (distances.every((d) => d >= 0)) return cell;
    const {above, made} = cut(cell, distances, number);
    for (const vertex of made) {
      const {values, magnitudes} = vertex.rows.get(this.read)!;
      values[other] = values[winner];
      if (!cell.edges)
        this.spreads.set(
          vertex,
          (Math.abs(magnitudes[winner]) + Math.abs(magnitudes[other])) / slopeOf(cell, distances),
        );
    }
    return above;
  }

  /**
   * By how much one place is larger than another at each vertex. Where others meet is known no better than they are: there a steeper
   * pair may seem to be apart that meets at the same point.
   */
  private distances(cell: Outline, i: number, j: number): number[] {
    const all = cell.vertices.map(({rows}) => {
      const {values} = rows.get(this.read)!;
      return values[i] - values[j];
    });
    return cell.vertices.map((vertex, at) => {
      const {magnitudes} = vertex.rows.get(this.read)!;
      const spread = this.spreads.get(vertex);
      const size = Math.abs(magnitudes[i]) + Math.abs(magnitudes[j]) + (spread ? spread * slopeOf(cell, all) : 0);
      return this.rounding.isZero(all[at], size) ? 0 : all[at];
    });
  }
}

/** How fast a number changes along an interval, given what it is at its ends. */
const slopeOf = ({vertices: [a, b]}: Outline, [from, to]: readonly number[]) =>
  Math.abs(to - from) / Math.abs(b.place[0] - a.place[0]);

/** The numbers of the winners: another one is larger at most by rounding, and may be known less well. */
function selected({values, magnitudes}: Tracked, winners: Int32Array): Tracked {
  const pick = (all: Float64Array) => {
    const own = new Float64Array(winners.length);
    for (let i = 0; i < own.length; i++) own[i] = all[winners[i]];
    return own;
  };
  return {values: pick(values), magnitudes: pick(magnitudes)};
}
