import {DisjointSet} from '../../math/disjoint_set';
import {BORDER, type Cell} from './cells';

/** Lengths below this share of the window are rounding. */
const TOUCH = 2 ** -40;

interface Window {
  low: readonly number[];
  high: readonly number[];
}

/** The part of an edge that two cells share: the axis that it is longer along, and the coordinate of its middle there. */
export interface Shared {
  readonly axis: number;
  readonly middle: number;
}

type Same = (a: Cell, b: Cell, edge: Shared) => boolean;

/**
 * For each cell the number of its region: cells that share a part of an edge are in one if `same` says so. What two cells
 * share one cut has made, so that only edges of one cut are compared, and only where they are along it.
 */
export function joinRegions(cells: readonly Cell[], window: Window, same: Same): number[] {
  const regions = cells.map(() => new DisjointSet());
  for (const edges of edgesByCut(cells, window).values()) {
    for (const {pair, axis, share} of neighbours(edges)) {
      const [i, j] = pair;
      if (regions[i].root === regions[j].root) continue;
      const middle = window.low[axis] + share * (window.high[axis] - window.low[axis]);
      if (same(cells[i], cells[j], {axis, middle})) regions[i].join(regions[j]);
    }
  }
  const numbers = new Map<DisjointSet, number>();
  return regions.map(({root}) => {
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root)!;
  });
}

/** The ends as shares of the window. */
interface Edge {
  cell: number;
  ends: readonly [number[], number[]];
}

function edgesByCut(cells: readonly Cell[], {low, high}: Window): Map<number, Edge[]> {
  const share = (place: readonly number[]) => place.map((x, axis) => (x - low[axis]) / (high[axis] - low[axis]));
  const all = new Map<number, Edge[]>();
  for (const [cell, {vertices, edges}] of cells.entries()) {
    for (const [i, vertex] of vertices.entries()) {
      const cut = edges![i];
      if (cut === BORDER) continue;
      if (!all.has(cut)) all.set(cut, []);
      all.get(cut)!.push({cell, ends: [share(vertex.place), share(vertices[(i + 1) % vertices.length].place)]});
    }
  }
  return all;
}

interface Neighbours {
  pair: [number, number];
  /** The middle of what they share, along the axis that the line is longer along, as a share of the window. */
  axis: number;
  share: number;
}

/** The pairs of cells whose edges, all on one line, share more than a point. */
function* neighbours(edges: readonly Edge[]): Iterable<Neighbours> {
  const span = (axis: number) => {
    const places = edges.flatMap(({ends}) => ends.map((end) => end[axis]));
    return places.reduce((a, b) => Math.max(a, b)) - places.reduce((a, b) => Math.min(a, b));
  };
  const axis = span(0) >= span(1) ? 0 : 1; // along which the line is longer
  const sorted = edges.map(({cell, ends: [a, b]}) => ({
    cell,
    from: Math.min(a[axis], b[axis]),
    to: Math.max(a[axis], b[axis]),
  }));
  sorted.sort((a, b) => a.from - b.from);
  let open: typeof sorted = []; // those that reach beyond the start of the current one
  for (const edge of sorted) {
    open = open.filter(({to}) => to - edge.from > TOUCH);
    for (const other of open) {
      const to = Math.min(edge.to, other.to);
      if (to - edge.from > TOUCH) yield {pair: [edge.cell, other.cell], axis, share: (edge.from + to) / 2};
    }
    open.push(edge);
  }
}
