import type {Intervals} from './interval_bounds';
import {EPSILON} from './rounding';

/** A neuron's value: its distance from the kink, sign * (y - kink). */
export interface Orientation {
  readonly kinks: Float64Array;
  readonly sign: 1 | -1;
}

export const orientedValue = ({kinks, sign}: Orientation, y: number, index: number): number =>
  sign * (y - kinks[index]);

/** A number that the value of a neuron is at most, and one that it is at least. */
export function orientedRange({kinks, sign}: Orientation, {low, high}: Intervals, index: number) {
  const [from, to] = sign === 1 ? [low[index], high[index]] : [-high[index], -low[index]];
  const kink = sign * kinks[index];
  const rounding = EPSILON * Math.abs(kink);
  return {
    least: from - kink - rounding - EPSILON * Math.abs(from),
    most: to - kink + rounding + EPSILON * Math.abs(to),
  };
}
