import {DisjointSet} from '../../math/disjoint_set';
import {BORDER, type Cell} from './cells';

/** Lengths below this share of the window are rounding. */
const TOUCH = 2 ** -40;

interface Window {
  low: readonly number[];
  high: readonly number[];
}

/**
 * For each cell the number of its region: cells that share a part of an edge are in one if `same` says so. What two cells
 * share one cut has made, so that only edges of one cut are compared, and only where they are along it.
 */
export function joinRegions(cells: readonly Cell[], window: Window, same: (a: Cell, b: Cell) => boolean): number[] {
  const regions = cells.map(() => new DisjointSet());
  for (const edges of edgesByCut(cells, window).values()) {
    for (const [i, j] of neighbours(edges)) {
      if (regions[i].root !== regions[j].root && same(cells[i], cells[j])) regions[i].join(regions[j]);
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

/** The pairs of cells whose edges, all on one line, share more than a point. */
function* neighbours(edges: readonly Edge[]): Iterable<[number, number]> {
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
    for (const other of open) if (Math.min(edge.to, other.to) - edge.from > TOUCH) yield [edge.cell, other.cell];
    open.push(edge);
  }
}
