/** Where a network is looked at. */

import type {Window} from '../flood';
import type {Draw} from './draw';

export interface Segment {
  from: number[];
  to: number[];
}

/** A number of few binary digits, so that sums and differences of some are exact in doubles. */
const short = (draw: Draw, size = 3) => Math.round(draw.real(-size, size) * 1024) / 1024;
const point = (draw: Draw, dimension: number, size?: number) =>
  Array.from({length: dimension}, () => short(draw, size));
const nonzero = (draw: Draw, dimension: number): number[] => {
  const direction = point(draw, dimension);
  return direction.some((x) => x !== 0) ? direction : nonzero(draw, dimension);
};
const onward = (from: number[], direction: number[], by: number) => from.map((x, i) => x + by * direction[i]);

export const SEGMENTS: {[kind: string]: (draw: Draw, dimension: number) => Segment} = {
  anywhere: (draw, dimension) => {
    const from = point(draw, dimension);
    return {from, to: onward(from, nonzero(draw, dimension), 1)};
  },
  'in doubles': (draw, dimension) => {
    const from = Array.from({length: dimension}, () => draw.real(-3, 3));
    return {from, to: Array.from({length: dimension}, () => draw.real(-3, 3))};
  },
  'through 0': (draw, dimension) => {
    const direction = nonzero(draw, dimension);
    const before = draw.integer(1, 3);
    const after = draw.integer(1, 3);
    return {from: direction.map((x) => -before * x), to: direction.map((x) => after * x)};
  },
  'from 0': (draw, dimension) => ({from: new Array(dimension).fill(0), to: nonzero(draw, dimension)}),
  'along an axis': (draw, dimension) => {
    const from = point(draw, dimension).map(Math.round);
    const axis = draw.integer(0, dimension - 1);
    return {from, to: from.map((x, i) => (i === axis ? x + draw.oneOf([-4, 4, 1]) : x))};
  },
  'between integers': (draw, dimension) => {
    const from = point(draw, dimension).map(Math.round);
    return {from, to: onward(from, [1, ...nonzero(draw, dimension).map(Math.round)].slice(0, dimension), 2)};
  },
  short: (draw, dimension) => {
    const from = point(draw, dimension);
    return {from, to: onward(from, nonzero(draw, dimension), 2 ** -20)};
  },
  far: (draw, dimension) => {
    const from = point(draw, dimension, 2 ** 20);
    return {from, to: onward(from, nonzero(draw, dimension), 2 ** draw.integer(0, 20))};
  },
};

export const WINDOWS: {[kind: string]: (draw: Draw, shape: readonly number[]) => Window} = {
  anywhere: (draw, shape) => ({...sides(draw), ...planeIn(draw, shape, (dimension) => point(draw, dimension))}),
  'around 0': (draw, shape) => ({
    x: [-2, 2],
    y: [-2, 2],
    ...planeIn(draw, shape, (dimension) => new Array(dimension).fill(0)),
  }),
  'of integers': (draw, shape) => ({
    x: [-1, 3],
    y: [-2, 2],
    ...planeIn(draw, shape, (dimension) => point(draw, dimension).map(Math.round)),
  }),
};

function sides(draw: Draw): Pick<Window, 'x' | 'y'> {
  const [left, bottom] = [short(draw), short(draw)];
  return {x: [left, left + draw.integer(1, 4)], y: [bottom, bottom + draw.integer(1, 4)]};
}

/** Spanned by two directions that are surely not parallel. */
function planeIn(
  draw: Draw,
  shape: readonly number[],
  originIn: (dimension: number) => number[],
): Pick<Window, 'plane'> {
  const dimension = shape.reduce((product, n) => product * n, 1);
  const direction = (axis: number) => point(draw, dimension).map((x, i) => (i === 0 ? axis : i === 1 ? 1 - axis : x));
  if (shape.length === 1 && dimension === 2 && draw.chance(0.8)) return {};
  return {plane: {origin: originIn(dimension), u: direction(1), v: direction(0)}};
}
