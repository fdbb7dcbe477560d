import {dot, exactly, inputForms, isBentBetween, type Piece, pieceAt, sized} from './piece';
import {minus, overOne, type Rational, ratio, rational, signOf} from './rational';
import type {Network} from './steps';
import {type Options, TooMany} from './walk';

/** A line a x + b y + c = 0 as [a, b, c], or a point [x, y, w]; the inside of a polygon is where its lines are positive. */
type Triple = bigint[];

export interface ExactPolygon {
  /** In order around the polygon; corner i is where lines i and i + 1 meet. */
  lines: Triple[];
  piece: Piece;
}

export interface ExactRegions {
  regions: number;
  activationCells: number;
  /** The areas of the polygons, from the smallest on. */
  areas: number[];
  polygons: ExactPolygon[];
  /** The least of the numbers that decided where polygons end, as a share of its terms, and of their sides; only if asked for. */
  margin: number;
}

export interface Window {
  x: readonly [number, number];
  y: readonly [number, number];
  plane?: {origin: readonly number[]; u: readonly number[]; v: readonly number[]};
}

/** Finds the polygons of a window from one to its neighbours, across edges, in rational numbers. */
export function flood(
  network: Network,
  {x, y, plane}: Window,
  {most = 1e4, measureMargin = false}: Options = {},
): ExactRegions {
  const {origin, u, v} = plane ?? {origin: [0, 0], u: [1, 0], v: [0, 1]};
  const input = inputForms(exactly(origin), [exactly(u), exactly(v)]);
  const [left, right, bottom, top] = exactly([...x, ...y]);
  const line = (a: number, b: number, c: Rational): Triple => overOne([rational(a), rational(b), c]).integers;
  const negative = (c: Rational) => minus([0n, 1n], c);
  const window = [line(1, 0, negative(left)), line(0, 1, negative(bottom)), line(-1, 0, right), line(0, -1, top)];
  let margin = Infinity;
  const found = new Map<string, ExactPolygon>();
  const parent = new Map<string, string>();
  const root = (pattern: string): string => {
    const up = parent.get(pattern)!;
    return up === pattern ? up : root(up);
  };
  const first = middle(window, 0);
  const center = middlePoint(first, middle(window, 2));
  const queue: {point: Triple; direction: bigint[]; from: string | null}[] = [
    {point: center, direction: [7n, 3n, 0n], from: null},
  ];
  for (let step = queue.pop(); step; step = queue.pop()) {
    const across = [step.direction[1], -step.direction[0], 0n];
    const probe = [step.point, step.direction, across];
    const values = measureMargin ? sized(input, probe) : input;
    const piece = pieceAt(network, values, probe);
    const {sides, pattern} = piece;
    margin = Math.min(margin, piece.margin);
    if (!found.has(pattern)) {
      const lines = sides.reduce(clip, window);
      found.set(pattern, {lines, piece});
      parent.set(pattern, pattern);
      if (measureMargin) margin = Math.min(margin, shortestSide(lines) / Math.max(x[1] - x[0], y[1] - y[0]));
      if (found.size > most) throw new TooMany();
      for (const [i, side] of lines.entries()) {
        const outwards = [-side[0], -side[1], 0n];
        if (!window.includes(side)) queue.push({point: middle(lines, i), direction: outwards, from: pattern});
      }
    }
    if (step.from === null) continue;
    if (!isBentBetween(found.get(step.from)!.piece, piece)) parent.set(root(pattern), root(step.from));
  }
  return {
    regions: new Set([...found.keys()].map(root)).size,
    activationCells: found.size,
    areas: [...found.values()].map(({lines}) => area(lines)).sort((a, b) => a - b),
    polygons: [...found.values()],
    margin,
  };
}

function clip(lines: Triple[], by: Triple): Triple[] {
  const sides = lines.map((_, i) => signOf(dot(by, corner(lines, i))));
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

/** Where two lines of a polygon that follow each other meet. */
export const corner = (lines: Triple[], i: number) => cross(lines[i], lines[(i + 1) % lines.length]);

function middle(lines: Triple[], i: number): Triple {
  return middlePoint(corner(lines, (i + lines.length - 1) % lines.length), corner(lines, i));
}

function middlePoint([x, y, w]: Triple, [p, q, v]: Triple): Triple {
  return [x * v + p * w, y * v + q * w, 2n * w * v];
}

function shortestSide(lines: Triple[]): number {
  const lengths = lines.map((_, i) => {
    const [[x, y, w], [p, q, v]] = [corner(lines, i), corner(lines, (i + 1) % lines.length)];
    return Math.hypot(ratio(x * v - p * w, w * v), ratio(y * v - q * w, w * v));
  });
  return Math.min(...lengths);
}

function area(lines: Triple[]): number {
  const corners = lines.map((_, i) => corner(lines, i)).map(([x, y, w]) => [ratio(x, w), ratio(y, w)]);
  const [[a, b]] = corners; // from one corner, so that small polygons far away are told
  const parts = corners.map(([x, y], i) => {
    const [p, q] = corners[(i + 1) % corners.length];
    return (x - a) * (q - b) - (p - a) * (y - b);
  });
  return Math.abs(parts.reduce((sum, part) => sum + part, 0)) / 2;
}
