/** Cells of a segment or a polygon on which a part of a network is linear: streams of them go through the steps. */

import type {Rounding} from './rounding';

/**
 * Numbers, and how large the terms were that they are sums of: a number far below that size is a rounding error. Sizes
 * may have any sign, so that exact numbers are their own magnitudes, and rows may share them.
 */
export interface Tracked {
  readonly values: Float64Array;
  readonly magnitudes: Float64Array;
}

/** The number of the value that the network is given. */
export const INPUT = 0;

/** The values of a network that are still read, by number. */
export type Rows = ReadonlyMap<number, Tracked>;

export interface Vertex {
  /** Coordinates: t, or x and y. */
  readonly place: readonly number[];
  readonly rows: Rows;
}

export interface Cell {
  /** The two ends of an interval, or the corners of a convex polygon in order. Neighbours may share them. */
  readonly vertices: readonly Vertex[];
  /** In a polygon, for each corner the cut that made the edge to the next one: cells on either side share its number. */
  readonly edges?: readonly number[];
  /** The derivatives by each coordinate, constant on the cell. */
  readonly derivatives: readonly Rows[];
  /**
   * For an interval in a network that has functions with `slopeChanges`: the derivative less that of the interval before. One that
   * is many digits smaller than the derivatives is lost in their difference, but not here.
   */
  readonly bend?: Rows;
}

export const withoutRounding = (values: Float64Array): Tracked => ({values, magnitudes: values});

export const mapRows = (rows: Rows, of: (row: Tracked) => Tracked): Rows =>
  new Map([...rows].map(([number, row]) => [number, of(row)]));

/** A row of zeros, as long as the given one. */
export function zerosLike({values}: Tracked): Tracked {
  return {values: new Float64Array(values.length), magnitudes: new Float64Array(values.length)};
}

/** Whether a number is more than the rounding of its terms. */
export function isNonzero({values, magnitudes}: Tracked, rounding: Rounding): boolean {
  return values.some((x, i) => !rounding.isZero(x, Math.abs(magnitudes[i])));
}

/** Whether two derivatives differ by more than rounding. */
export function differ(a: Tracked, b: Tracked, rounding: Rounding): boolean {
  return a.values.some(
    (x, i) => !rounding.isZero(x - b.values[i], Math.max(Math.abs(a.magnitudes[i]), Math.abs(b.magnitudes[i]))),
  );
}

/** A point between two others by their weights, which add up to 1. Each is good to its last digit, as 1 - share is not. */
export interface Weights {
  readonly a: number;
  readonly b: number;
}

/** The weights of the ends where a linear function is 0 that is `a` and `b` there, of opposite signs. */
export const weightsAtZero = (a: number, b: number): Weights => ({a: b / (b - a), b: a / (a - b)});

/** The rounding is that of the two terms, however different they are. */
export const mixed = (x: number, y: number, {a, b}: Weights): number => (x === y ? x : a * x + b * y);

function mix(x: Float64Array, y: Float64Array, weights: Weights): Float64Array {
  const z = new Float64Array(x.length);
  for (let i = 0; i < z.length; i++) z[i] = mixed(x[i], y[i], weights);
  return z;
}

function mixSizes(x: Float64Array, y: Float64Array, {a, b}: Weights): Float64Array {
  const z = new Float64Array(x.length);
  for (let i = 0; i < z.length; i++) z[i] = a * Math.abs(x[i]) + b * Math.abs(y[i]);
  return z;
}

/** The point between two vertices. */
export function between(a: Vertex, b: Vertex, weights: Weights): Vertex {
  const rows = new Map<number, Tracked>();
  for (const [number, {values, magnitudes}] of a.rows) {
    const other = b.rows.get(number)!;
    const own = magnitudes === other.magnitudes ? magnitudes : mixSizes(magnitudes, other.magnitudes, weights);
    rows.set(number, {values: mix(values, other.values, weights), magnitudes: own});
  }
  return {place: a.place.map((x, i) => mixed(x, b.place[i], weights)), rows};
}

/** The corners of a part of a cell, and of a polygon the numbers of its edges. */
export interface Outline {
  readonly vertices: readonly Vertex[];
  readonly edges?: readonly number[];
}

/** The number of the edges of a window, which have nothing on their other side. */
export const BORDER = 0;
let cuts = BORDER;
/** The number of one more cut. */
export const newCut = (): number => ++cuts;

interface Cut {
  below: Outline;
  above: Outline;
  /** The vertices that the cut has made. */
  made: Vertex[];
}

/** Cuts a cell where a linear function is 0, given its signed values at the vertices, some of them on either side. */
export function cut({vertices, edges}: Outline, distances: readonly number[], number = newCut()): Cut {
  const isPolygon = edges !== undefined;
  const made: Vertex[] = [];
  const part = () => ({vertices: [] as Vertex[], edges: [] as number[]});
  const [below, above] = [part(), part()];
  const add = (to: ReturnType<typeof part>, vertex: Vertex, edge: number) => {
    to.vertices.push(vertex);
    to.edges.push(edge);
  };
  for (const [i, vertex] of vertices.entries()) {
    const j = (i + 1) % vertices.length;
    const [d, next] = [distances[i], distances[j]];
    const edge = edges?.[i] ?? BORDER;
    // A part goes on along the edge as long as that is on its side, and then along the cut.
    if (d <= 0) add(below, vertex, d < 0 || next <= 0 ? edge : number);
    if (d >= 0) add(above, vertex, d > 0 || next >= 0 ? edge : number);
    if (d * next < 0 && (isPolygon || i === 0)) {
      const crossing = between(vertex, vertices[j], weightsAtZero(d, next));
      made.push(crossing);
      add(below, crossing, d < 0 ? number : edge);
      add(above, crossing, d > 0 ? number : edge);
    }
  }
  const outline = (of: ReturnType<typeof part>): Outline => (isPolygon ? of : {vertices: of.vertices});
  return {below: outline(below), above: outline(above), made};
}
