/** Two kinds of points in the square from -1 to 1. */

import type {PlanePoint} from '../networks/plane_config';
import {normal, uniform} from '../random';

const COUNT = 240;

type Place = [x: number, y: number];
/** A place of a kind of points; `u` and `v` are uniform in [0, 1). */
type Rule = (label: 0 | 1, u: number, v: number) => Place;

const polar = (radius: number, angle: number): Place => [radius * Math.cos(angle), radius * Math.sin(angle)];

const RULES: {[name: string]: Rule} = {
  circle: (label, u, v) => polar(label === 1 ? 0.45 * Math.sqrt(u) : 0.62 + 0.3 * u, 2 * Math.PI * v),
  spirals: (label, u) => polar(0.08 + 0.84 * u, 2.5 * Math.PI * u + Math.PI * label),
  xor: (label, u, v) => {
    const [x, y] = [0.08 + 0.84 * u, 0.08 + 0.84 * v];
    const side = u * 1e4 - Math.floor(u * 1e4) < 0.5 ? 1 : -1;
    return [side * x, (label === 1 ? side : -side) * y];
  },
  moons: (label, u) => {
    const [x, y] = polar(0.6, Math.PI * u);
    return label === 1 ? [x - 0.3, y - 0.18] : [0.3 - x, 0.18 - y];
  },
};

/** The points of a set. `noise`: standard deviation of what moves them. */
export function pointsOf(set: string, noise: number, seed: number): PlanePoint[] {
  const rule = RULES[set];
  const [next, random] = [uniform(seed), normal(seed + 1)];
  return Array.from({length: COUNT}, (_, i) => {
    const label = (i % 2) as 0 | 1;
    const [x, y] = rule(label, next(), next());
    return {x: clamped(x + noise * random()), y: clamped(y + noise * random()), label};
  });
}

const clamped = (value: number) => Math.min(0.98, Math.max(-0.98, value));
