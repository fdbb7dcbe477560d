import {DisjointSet} from '../../math/disjoint_set';
import type {Cell} from './cells';

/** Lengths below this share of the width of the window are rounding. */
const TOUCH = 1e-9;

/** For each cell the number of its region: cells that share a part of an edge are in one if `same` says so. */
export function joinRegions(cells: readonly Cell[], same: (a: Cell, b: Cell) => boolean): number[] {
  const regions = cells.map(() => new DisjointSet());
  for (const [i, j] of neighbours(cells)) {
    if (regions[i].root !== regions[j].root && same(cells[i], cells[j])) regions[i].join(regions[j]);
  }
  const numbers = new Map<DisjointSet, number>();
  return regions.map(({root}) => {
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root)!;
  });
}

interface Edge {
  cell: number;
  ends: readonly (readonly number[])[];
  left: number;
  right: number;
}

/** The pairs of cells that share a part of an edge. */
function* neighbours(cells: readonly Cell[]): Iterable<[number, number]> {
  const edges = cells.flatMap(({vertices}, cell) =>
    vertices.map(({place}, i): Edge => {
      const other = vertices[(i + 1) % vertices.length].place;
      const ends = [place, other];
      return {cell, ends, left: Math.min(place[0], other[0]), right: Math.max(place[0], other[0])};
    }),
  );
  edges.sort((a, b) => a.left - b.left);
  const size = edges.reduce((max, {right}) => Math.max(max, right), -Infinity) - edges[0].left;
  let open: Edge[] = []; // those that reach the left end of the current one
  for (const edge of edges) {
    open = open.filter(({right}) => right >= edge.left - TOUCH * size);
    for (const other of open) {
      if (other.cell !== edge.cell && overlap(edge.ends, other.ends, TOUCH * size)) yield [edge.cell, other.cell];
    }
    open.push(edge);
  }
}

/** Whether two edges lie on one line and share more than a point. */
function overlap([a, b]: Edge['ends'], [c, d]: Edge['ends'], touch: number): boolean {
  const [x, y] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(x, y);
  if (length === 0) return false;
  const along = (p: readonly number[]) => ((p[0] - a[0]) * x + (p[1] - a[1]) * y) / length;
  const beside = (p: readonly number[]) => Math.abs((p[0] - a[0]) * y - (p[1] - a[1]) * x) / length;
  if (beside(c) > touch || beside(d) > touch) return false;
  const [low, high] = [Math.min(along(c), along(d)), Math.max(along(c), along(d))];
  return Math.min(length, high) - Math.max(0, low) > touch;
}
