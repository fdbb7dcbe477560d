import {rangeOf} from '../piecewise_linear/piecewise_function';
import type {Affine, Elementwise, Max} from '../piecewise_linear/steps';
import {sizesOf} from './lines';
import {EPSILON, roundingOf, TINY} from './rounding';
import {type Arrive, propagate, type Rules, type Steps} from './target_layer';
import {unboundedSides} from './unbounded_sides';

/** Bounds of the values of units, which hold also for values that are computed in doubles. */
export interface Intervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** By how much rounding can move a value that is computed in doubles. */
  readonly error: Float64Array;
  /** The sizes of the terms that the values are sums of. */
  readonly size: Float64Array;
}

/** The numbers between two corners. */
export function boxOf(low: Float64Array, high: Float64Array): Intervals {
  const size = low.map((from, i) => finite(Math.max(Math.abs(from), Math.abs(high[i]))));
  return {low, high, error: new Float64Array(low.length), size};
}

const RULES: Rules<Intervals> = {affine, elementwise, max, concat};

/** Bounds of all values before a layer. Sound, but not tight: units are taken for independent. */
export const intervalBounds = (steps: Steps, box: Intervals, arrive?: Arrive<Intervals>): Map<number, Intervals> =>
  propagate(steps, box, RULES, 'all', arrive);

function concat(parts: readonly Intervals[]): Intervals {
  const all = (key: keyof Intervals) => joined(parts.map((part) => part[key]));
  return {low: all('low'), high: all('high'), error: all('error'), size: all('size')};
}

/** Vectors, one after the other. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** |A (x - middle)| <= |A| radius; sides without an end are set right afterwards. */
function affine(step: Affine, {low, high, error}: Intervals): Intervals {
  const n = step.inputs;
  const middle = new Float64Array(n);
  const spread = new Float64Array(3 * n); // radius, error, size
  let bounded = true;
  for (let i = 0; i < n; i++) {
    bounded &&= high[i] - low[i] < Infinity;
    const from = Number.isFinite(low[i]) ? low[i] : finite(high[i]);
    const to = Number.isFinite(high[i]) ? high[i] : from;
    middle[i] = from / 2 + to / 2;
    spread[i] = Math.max(to - middle[i], middle[i] - from);
    spread[n + i] = error[i];
    spread[2 * n + i] = Math.max(Math.abs(from), Math.abs(to));
  }
  const y = step.linear(middle, 1);
  const terms = step.absolute(spread, 3);
  const rounding = roundingOf(step);
  const m = step.outputs;
  const out = {low: y, high: new Float64Array(m), error: new Float64Array(m), size: new Float64Array(m)};
  for (let j = 0; j < m; j++) {
    const bias = step.bias?.[j] ?? 0;
    const size = terms[2 * m + j] + Math.abs(bias);
    const slack = 2 * rounding * size + TINY;
    const [center, radius] = [y[j] + bias, terms[j] * (1 + rounding) + slack];
    const known = Number.isFinite(center) && Number.isFinite(radius);
    out.low[j] = known ? center - radius : -Infinity;
    out.high[j] = known ? center + radius : Infinity;
    out.error[j] = terms[m + j] * (1 + rounding) + slack;
    out.size[j] = size;
  }
  if (!bounded) {
    const sides = unboundedSides(step, low, high);
    for (let j = 0; j < m; j++) {
      if (sides.low[j]) out.low[j] = -Infinity;
      if (sides.high[j]) out.high[j] = Infinity;
    }
  }
  return out;
}

const finite = (number: number) => (Number.isFinite(number) ? number : 0);

function max({windows}: Max, x: Intervals): Intervals {
  const largest = (numbers: Float64Array) =>
    Float64Array.from(windows, (window) => window.reduce((most, i) => Math.max(most, numbers[i]), -Infinity));
  return {low: largest(x.low), high: largest(x.high), error: largest(x.error), size: largest(x.size)};
}

function elementwise({functions}: Elementwise, x: Intervals): Intervals {
  const n = functions.length;
  const y = {low: new Float64Array(n), high: new Float64Array(n), error: new Float64Array(n), size: x.size};
  for (const [i, f] of functions.entries()) {
    const [least, most] = rangeOf(f, x.low[i], x.high[i]);
    const sizes = sizesOf(f);
    // Slopes of 0 and 1 through 0 round nothing.
    const exact = sizes.most === 0 && sizes.farthest === 0 && f.slopes.every((slope) => slope === 0 || slope === 1);
    const far = Math.max(Math.abs(finite(x.low[i])), Math.abs(finite(x.high[i])));
    const slack = exact ? 0 : 4 * EPSILON * (sizes.most + sizes.steepest * (far + sizes.farthest)) + TINY;
    y.low[i] = least - slack;
    y.high[i] = most + slack;
    y.error[i] = sizes.steepest * x.error[i] + slack;
  }
  return y;
}
