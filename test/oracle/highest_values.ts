import {corner, flood, type Window} from './flood';
import {dot} from './piece';
import {compare, type Rational} from './rational';
import type {Network} from './steps';

/** The largest value of each output in a window: at a corner of a polygon. */
export function highestValues(network: Network, window: Window): Rational[] {
  const highest: Rational[] = [];
  for (const {lines, piece} of flood(network, window).polygons) {
    for (const i of lines.keys()) {
      const at = corner(lines, i);
      for (const [k, form] of piece.output.entries()) {
        const value: Rational = [dot(form, at), piece.scale * at[2]];
        if (!highest[k] || compare(value, highest[k]) > 0) highest[k] = value;
      }
    }
  }
  return highest;
}
