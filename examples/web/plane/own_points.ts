/** Points that a visitor sets, kept in the address: three letters each. */

import {letterOf, shareOf} from '../letters';
import type {PlanePoint} from '../networks/plane_config';
import {set, setting} from '../settings';

/** As many as an address may hold. */
const MOST = 160;

export function ownPoints(): PlanePoint[] {
  const letters = [...setting('own')];
  const points: PlanePoint[] = [];
  for (let i = 0; i + 2 < letters.length; i += 3) {
    const [x, y] = [shareOf(letters[i]), shareOf(letters[i + 1])];
    if (x >= 0 && y >= 0) points.push({x: 2 * x - 1, y: 2 * y - 1, label: letters[i + 2] === '1' ? 1 : 0});
  }
  return points;
}

/** The first ones go when there are too many. */
export function addPoint(point: PlanePoint): void {
  write([...ownPoints(), point].slice(-MOST));
}

export const clearPoints = () => write([]);

function write(points: PlanePoint[]): void {
  const share = (value: number) => letterOf((Math.min(1, Math.max(-1, value)) + 1) / 2);
  set('own', points.map(({x, y, label}) => share(x) + share(y) + label).join(''));
}
