/** Polygons of a mosaic: where they are, and what the network is there. */

import type {Mosaic} from '../worker/messages';

export const countOf = ({regions}: Mosaic) => regions.length;

/** The polygon at a place; -1 if there is none. */
export function polygonAt(mosaic: Mosaic, x: number, y: number): number {
  for (let i = 0; i < countOf(mosaic); i++) if (contains(mosaic, i, x, y)) return i;
  return -1;
}

/** Whether a place is on the same side of all edges. */
function contains({corners, starts}: Mosaic, polygon: number, x: number, y: number): boolean {
  const [start, end] = [starts[polygon], starts[polygon + 1]];
  let side = 0;
  for (let i = start; i < end; i++) {
    const next = i + 1 === end ? start : i + 1;
    const [ax, ay, bx, by] = [corners[3 * i], corners[3 * i + 1], corners[3 * next], corners[3 * next + 1]];
    const turn = Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
    if (turn !== 0 && side !== 0 && turn !== side) return false;
    side ||= turn;
  }
  return true;
}

/** The output in the middle of the corners. */
export function middleOf({corners, starts}: Mosaic, polygon: number): number {
  const [start, end] = [starts[polygon], starts[polygon + 1]];
  let sum = 0;
  for (let i = start; i < end; i++) sum += corners[3 * i + 2];
  return sum / (end - start);
}

/** Where the output is 0 on the edges of a polygon: two places, or none. */
export function zerosOf({corners, starts}: Mosaic, polygon: number): [x: number, y: number][] {
  const [start, end] = [starts[polygon], starts[polygon + 1]];
  const found: [number, number][] = [];
  for (let i = start; i < end; i++) {
    const next = i + 1 === end ? start : i + 1;
    const [from, to] = [corners[3 * i + 2], corners[3 * next + 2]];
    if (from > 0 === to > 0) continue;
    const share = from / (from - to);
    const between = (k: number) => corners[3 * i + k] + share * (corners[3 * next + k] - corners[3 * i + k]);
    found.push([between(0), between(1)]);
  }
  return found.length === 2 ? found : [];
}

export interface Affine {
  dx: number;
  dy: number;
  /** At the origin. */
  constant: number;
  /** Area of the whole region, as a share of the window. */
  share: number;
}

/** The one affine function that the network is in the region of a polygon. */
export function affineOf(mosaic: Mosaic, polygon: number): Affine {
  const {corners, starts, regions, gradients} = mosaic;
  const [dx, dy] = [gradients[2 * polygon], gradients[2 * polygon + 1]];
  const first = 3 * starts[polygon];
  let area = 0;
  for (let i = 0; i < countOf(mosaic); i++) if (regions[i] === regions[polygon]) area += areaOf(mosaic, i);
  return {dx, dy, constant: corners[first + 2] - dx * corners[first] - dy * corners[first + 1], share: area / 4};
}

function areaOf({corners, starts}: Mosaic, polygon: number): number {
  const [start, end] = [starts[polygon], starts[polygon + 1]];
  let twice = 0;
  for (let i = start; i < end; i++) {
    const next = i + 1 === end ? start : i + 1;
    twice += corners[3 * i] * corners[3 * next + 1] - corners[3 * next] * corners[3 * i + 1];
  }
  return Math.abs(twice) / 2;
}
