/** Labels beside points, where they cover nothing. */

import type {Frame} from './axes';

/** What is taken, in pixels. */
export type Placed = Frame;

export interface WantedLabel {
  x: number;
  y: number;
  width: number;
  height: number;
}

const NEAR = 9;
/** To the right, left, above, below, and in between; the nearest and likeliest first. */
const SIDES: readonly [x: number, y: number][] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [0.75, -0.75],
  [0.75, 0.75],
  [-0.75, -0.75],
  [-0.75, 0.75],
];
const DISTANCES = [1, 1.7];

/**
 * The labels that find a place, each with it. Those in a crowd choose first: others have more room. What is `avoided` is covered
 * only where there is no other place.
 */
export function placeLabels<Label extends WantedLabel>(
  labels: readonly Label[],
  taken: readonly Placed[],
  avoided: readonly Placed[],
  frame: Frame,
): {label: Label; place: Placed}[] {
  const full = [...taken];
  const crowd = (label: Label) => labels.filter((other) => distance(label, other) < 60).length;
  return [...labels]
    .sort((a, b) => crowd(b) - crowd(a) || a.x - b.x)
    .flatMap((label) => {
      const free = DISTANCES.flatMap((far) => SIDES.map((side) => placeAt(label, side, far))).filter(
        (candidate) => inside(candidate, frame) && !full.some((other) => overlaps(candidate, other)),
      );
      const place = free.find((candidate) => !avoided.some((other) => overlaps(candidate, other))) ?? free[0];
      if (!place) return [];
      full.push(place);
      return [{label, place}];
    });
}

const distance = (a: WantedLabel, b: WantedLabel) => Math.hypot(a.x - b.x, a.y - b.y);

function placeAt({x, y, width, height}: WantedLabel, [sx, sy]: readonly [number, number], far: number): Placed {
  const [cx, cy] = [x + sx * (NEAR * far + width / 2), y + sy * (NEAR * far + height / 2)];
  return {left: cx - width / 2, right: cx + width / 2, top: cy - height / 2, bottom: cy + height / 2};
}

const inside = (a: Placed, frame: Frame) =>
  a.left >= frame.left && a.right <= frame.right && a.top >= frame.top - 8 && a.bottom <= frame.bottom - 2;

const overlaps = (a: Placed, b: Placed) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
