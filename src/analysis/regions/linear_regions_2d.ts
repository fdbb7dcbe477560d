import type * as tf from '@tensorflow/tfjs';
import {exceed, fail, type Names, requireInteger, requireOptions} from '../../errors';
import type {OutputName} from '../piecewise_linear/layer_graph';
import {type Points, pointOf} from '../piecewise_linear/point';
import {readPiecewiseLinear} from '../piecewise_linear/read_model';
import {Bends, type Line} from './bends';
import {type Cell, INPUT, mixed, type Tracked, type Vertex, weightsAtZero, withoutRounding} from './cells';
import {joinRegions, type Shared} from './join_regions';
import {Rounding} from './rounding';
import {inputCell, trace} from './trace';

/** Arguments of {@link linearRegions2d}. */
export interface LinearRegions2dArgs {
  /** The window from left to right, `[low, high]`. */
  x: readonly [low: number, high: number];
  /** The window from bottom to top. */
  y: readonly [low: number, high: number];
  /** Looks at origin + x u + y v; needed for models that do not have two inputs. Samples without their batch axis. */
  plane?: {origin: Points; u: Points; v: Points};
  /** Give up when there are more polygons than this, an integer >= 1. Default: 100,000. */
  maxPolygons?: number;
  /** One of several outputs, by its name or number. Default: all together. */
  output?: OutputName;
}

const OPTIONS: Names<LinearRegions2dArgs> = {x: true, y: true, plane: true, maxPolygons: true, output: true};

const PLANE: Names<NonNullable<LinearRegions2dArgs['plane']>> = {origin: true, u: true, v: true};

/** A convex part of the window on which the model is affine. */
export interface LinearPolygon {
  /** The corners [x, y] in order. */
  vertices: [x: number, y: number][];
  /** The derivatives of each output by x and y; constant on the polygon. */
  gradients: [dx: number, dy: number][];
  /** The values of the outputs at the corners, [corner][output]. */
  values: number[][];
  /** Polygons of one region have the same number, from 0 on: the output does not bend between them. */
  region: number;
}

/** What {@link linearRegions2d} finds. */
export interface LinearRegions2d {
  /** Connected pieces on which the output is one affine function. */
  regions: number;
  /** Pieces on which no unit passes a breakpoint: the number of polygons. */
  activationCells: number;
  /** Whether both are the true numbers, as of {@link LinearRegions}, up to edges shorter than 2^-40 of the window. */
  exact: boolean;
  /** They cover the window. */
  polygons: LinearPolygon[];
  /** What was left out, in words. */
  notes: string[];
}

/**
 * The linear pieces of a model in a two-dimensional window, exactly, as convex polygons.
 *
 * The window is cut along the lines on which the units of the first layer bend, each piece along those of the second,
 * and so on, in double precision, from the weights. The polygons cover the window and do not overlap. Where two of them meet, a
 * bend counts however small it is beside the slopes; edges shorter than 2^-40 of the window join no polygons.
 *
 * For pictures of what a network of two inputs does, or of a plane through three samples: origin a, u = b - a, v = c - a.
 * The cost grows with polygons times layers.
 *
 * @returns A promise, because some backends give weights in no other way.
 * @throws If a layer is not piecewise linear, weights are not finite, the window has no area, the plane is missing or has
 * no area, or there are more than `maxPolygons`.
 *
 * Source: Serra, Tjandraatmadja and Ramalingam 2018, on the cells of the layers.
 *
 * @example
 * const {polygons} = await pw.analysis.linearRegions2d(model, {x: [-1, 1], y: [-1, 1]});
 */
export async function linearRegions2d(model: tf.LayersModel, args: LinearRegions2dArgs): Promise<LinearRegions2d> {
  const who = 'linearRegions2d';
  requireOptions(args, OPTIONS, who);
  requireOptions(args?.plane ?? undefined, PLANE, `${who}, plane`);
  const max = requireInteger(args?.maxPolygons ?? 1e5, 'maxPolygons', who, 1, 1e5);
  const [left, right] = requireRange(args?.x, 'x', who);
  const [bottom, top] = requireRange(args?.y, 'y', who);
  const network = await readPiecewiseLinear(model, who, args?.output);
  const [origin, u, v] = await planeOf(args.plane, network.inputShapes, who);
  const corners = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  const values = corners.map(([x, y]) => cornerOf([origin, u, v], x, y, args.plane !== undefined));
  const cells: Cell[] = [];
  const rounding = new Rounding();
  for (const cell of trace(network, inputCell(corners, values, [u, v]), rounding)) {
    cells.push(cell);
    if (cells.length > max) {
      exceed(who, `${max} polygons`, 'Raise maxPolygons, or take a smaller window.');
    }
  }
  const window = {low: [left, bottom], high: [right, top]};
  const bends = new Bends(network, rounding);
  const slopesOf = ({derivatives}: Cell) => derivatives.map((rows) => rows.get(network.output)!);
  const regionOf = joinRegions(cells, window, (a, b, edge) => {
    const slopes = [slopesOf(a), slopesOf(b)] as const;
    return !bends.between(...slopes, () => lineAcross([a, b], slopes, edge, [origin, u, v]));
  });
  return {
    regions: new Set(regionOf).size,
    activationCells: cells.length,
    exact: rounding.isSure,
    polygons: cells.map((cell, i) => polygonOf(cell, network.output, regionOf[i])),
    notes: [...network.notes],
  };
}

/** origin + x u + y v, which is rounded in a plane that is given. */
function cornerOf([origin, u, v]: Float64Array[], x: number, y: number, isRounded: boolean): Tracked {
  const values = origin.map((value, i) => value + x * u[i] + y * v[i]);
  const terms = () => origin.map((value, i) => Math.abs(value) + Math.abs(x * u[i]) + Math.abs(y * v[i]));
  return isRounded ? {values, magnitudes: terms()} : withoutRounding(values);
}

/** From one polygon into the other through the middle of the edge that they share, along an axis. */
function lineAcross(
  polygons: readonly [Cell, Cell],
  slopes: readonly [Tracked[], Tracked[]],
  edge: Shared,
  [origin, u, v]: Float64Array[],
): Line | null {
  const across = 1 - edge.axis;
  const ends = polygons.map((polygon, i) => ({at: middleOf(polygon, edge), slope: slopes[i][across]}));
  const [low, high] = ends.sort((a, b) => a.at - b.at);
  if (!(low.at < high.at)) return null;
  const vertex = (at: number): Vertex => {
    const [x, y] = edge.axis === 0 ? [edge.middle, at] : [at, edge.middle];
    return {place: [x, y], rows: new Map([[INPUT, cornerOf([origin, u, v], x, y, true)]])};
  };
  const direction = edge.axis === 0 ? v : u;
  return {from: vertex(low.at), to: vertex(high.at), direction, slopes: [low.slope, high.slope]};
}

/** The middle of the polygon's chord along the other axis. */
function middleOf({vertices}: Cell, {axis, middle}: Shared): number {
  let [low, high] = [Infinity, -Infinity];
  for (const [i, {place}] of vertices.entries()) {
    const next = vertices[(i + 1) % vertices.length].place;
    const [d, e] = [place[axis] - middle, next[axis] - middle];
    if (d * e > 0 || d === e) continue;
    const at = mixed(place[1 - axis], next[1 - axis], weightsAtZero(d, e));
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  return (low + high) / 2; // not a number if rounding has put the edge beside the polygon
}

function polygonOf({vertices, derivatives}: Cell, output: number, region: number): LinearPolygon {
  const [dx, dy] = derivatives.map((rows) => rows.get(output)!.values);
  return {
    vertices: vertices.map(({place: [x, y]}) => [x, y]),
    gradients: Array.from(dx, (value, i) => [value, dy[i]]),
    values: vertices.map(({rows}) => [...rows.get(output)!.values]),
    region,
  };
}

function requireRange(range: unknown, name: string, who: string): readonly [number, number] {
  const [low, high] = Array.isArray(range) ? range : [];
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    const shown = Array.isArray(range) ? `[${range}]` : String(range);
    fail(
      who,
      `${name} must be two finite numbers [low, high] with low < high`,
      shown,
      `For example {${name}: [-1, 1]}.`,
    );
  }
  return [low, high];
}

async function planeOf(
  plane: LinearRegions2dArgs['plane'],
  shapes: readonly (readonly number[])[],
  who: string,
): Promise<Float64Array[]> {
  if (plane === undefined) {
    if (shapes.length !== 1 || String(shapes[0]) !== '2') {
      const fix = 'Say which plane of it to look at: {plane: {origin, u, v}}.';
      fail(
        who,
        'the model must have two inputs',
        `an input of shape ${shapes.map((shape) => `[${shape}]`).join(' and ')}`,
        fix,
      );
    }
    return [Float64Array.of(0, 0), Float64Array.of(1, 0), Float64Array.of(0, 1)];
  }
  const names = ['origin', 'u', 'v'] as const;
  const points = await Promise.all(names.map((name) => pointOf(plane[name], `plane.${name}`, shapes, who)));
  const [, u, v] = points;
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  if (!(dot(u, u) * dot(v, v) - dot(u, v) ** 2 > 1e-20 * dot(u, u) * dot(v, v))) {
    fail(who, 'plane.u and plane.v must point in different directions', 'two parallel ones', 'Take another sample.');
  }
  return points;
}
