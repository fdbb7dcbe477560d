import {dot, type ExactNetwork, type Form, pieceAt, sign} from './exact_network';

/** A line a x + b y + c = 0 as [a, b, c], or a point [x, y, w]; the inside of a polygon is where its lines are positive. */
type Triple = bigint[];

interface ExactPolygon {
  /** In order around the polygon; corner i is where lines i and i + 1 meet. */
  lines: Triple[];
  output: Form[];
}

export interface ExactRegions {
  regions: number;
  activationCells: number;
  /** The areas of the polygons, from the smallest on. */
  areas: number[];
}

/** Finds the polygons of a window with integer corners from one to its neighbours, across edges, in rational numbers. */
export function flood(network: ExactNetwork, [low, high]: [bigint, bigint]): ExactRegions {
  const window: Triple[] = [
    [1n, 0n, -low],
    [0n, 1n, -low],
    [-1n, 0n, high],
    [0n, -1n, high],
  ];
  const found = new Map<string, ExactPolygon>();
  const parent = new Map<string, string>();
  const root = (pattern: string): string => {
    const up = parent.get(pattern)!;
    return up === pattern ? up : root(up);
  };
  const queue: {point: Triple; direction: bigint[]; from: string | null}[] = [
    {point: [2n * low + 1n, 2n * low + 1n, 2n], direction: [7n, 3n], from: null},
  ];
  for (let step = queue.pop(); step; step = queue.pop()) {
    const {units, output, pattern} = pieceAt(network, step.point, step.direction);
    if (!found.has(pattern)) {
      const lines = cell(window, units, pattern);
      found.set(pattern, {lines, output});
      parent.set(pattern, pattern);
      for (const [i, line] of lines.entries()) {
        const outwards = [-line[0], -line[1]];
        if (!window.includes(line)) queue.push({point: middle(lines, i), direction: outwards, from: pattern});
      }
    }
    if (step.from !== null && String(found.get(step.from)!.output) === String(output)) {
      parent.set(root(pattern), root(step.from));
    }
  }
  return {
    regions: new Set([...found.keys()].map(root)).size,
    activationCells: found.size,
    areas: [...found.values()].map(({lines}) => area(lines)).sort((a, b) => a - b),
  };
}

/** The part of the window on which every unit has the sign of the pattern. */
function cell(window: Triple[], units: Form[], pattern: string): Triple[] {
  let lines = window;
  for (const [i, unit] of units.entries()) {
    if (pattern[i] !== '0') lines = clip(lines, pattern[i] === '+' ? unit : unit.map((c) => -c));
  }
  return lines;
}

function clip(lines: Triple[], by: Triple): Triple[] {
  const sides = lines.map((_, i) => sign(dot(by, corner(lines, i))));
  if (sides.every((side) => side >= 0)) return lines;
  const kept: Triple[] = [];
  for (const [i, line] of lines.entries()) {
    const [start, end] = [sides[(i + lines.length - 1) % lines.length], sides[i]];
    if (start > 0 || end > 0) kept.push(line);
    if (start > 0 && end <= 0) kept.push(by);
  }
  return kept;
}

function cross([a, b, c]: Triple, [d, e, f]: Triple): Triple {
  const point = [b * f - c * e, c * d - a * f, a * e - b * d];
  return point[2] < 0n ? point.map((x) => -x) : point;
}

const corner = (lines: Triple[], i: number) => cross(lines[i], lines[(i + 1) % lines.length]);

function middle(lines: Triple[], i: number): Triple {
  const [x, y, w] = corner(lines, (i + lines.length - 1) % lines.length);
  const [p, q, v] = corner(lines, i);
  return [x * v + p * w, y * v + q * w, 2n * w * v];
}

function area(lines: Triple[]): number {
  const at = (x: bigint, w: bigint) => Number((x * 10n ** 17n) / w) / 1e17;
  const corners = lines.map((_, i) => corner(lines, i)).map(([x, y, w]) => [at(x, w), at(y, w)]);
  const parts = corners.map(([x, y], i) => {
    const [p, q] = corners[(i + 1) % corners.length];
    return x * q - p * y;
  });
  return Math.abs(parts.reduce((sum, part) => sum + part, 0)) / 2;
}
