/** A neuron after one hidden layer, as a function of the input, and numbers that carry their rounding with them. */

import {fail, requireOptions} from '../../errors';

/** Values z = A x + offsets of hidden units, with one row of A for each. */
export interface HiddenUnits {
  readonly inputs: number;
  readonly rows: readonly Float64Array[];
  readonly offsets: Float64Array;
}

/** f(x) = constant + sum_i above_i max(z_i, 0) + below_i min(z_i, 0), where z are the values of the hidden units. */
export interface Neuron {
  readonly units: HiddenUnits;
  readonly above: Float64Array;
  readonly below: Float64Array;
  readonly constant: number;
}

/** A value, and the sum of the sizes of the terms that it was computed from. */
export interface Tracked {
  value: number;
  size: number;
}

/** A part of the input space, or all of it. */
export type Domain = 'all' | Box;

export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The sizes of the terms of the value at 0: a value much smaller is one of rounding if the weights are rounded. */
export const sizeOf = ({units, above, below, constant}: Neuron): number =>
  units.offsets.reduce(
    (sum, offset, i) => sum + Math.abs(offset) * Math.max(Math.abs(above[i]), Math.abs(below[i])),
    Math.abs(constant),
  );

/** The value at a point; units that are known to be 0 there are, whatever rounding says. */
export function valueAt(neuron: Neuron, x: ArrayLike<number>, zeros: readonly number[] = []): Tracked {
  return sum(neuron, x, zeros, true);
}

/** The slope of the value far out in a direction. */
export function slopeAlong(neuron: Neuron, direction: ArrayLike<number>, zeros: readonly number[]): Tracked {
  return sum(neuron, direction, zeros, false);
}

function sum(
  {units, above, below, constant}: Neuron,
  x: ArrayLike<number>,
  zeros: readonly number[],
  affine: boolean,
): Tracked {
  let value = affine ? constant : 0;
  let size = Math.abs(value);
  for (let i = 0; i < above.length; i++) {
    if (zeros.includes(i)) continue;
    const row = units.rows[i];
    let z = affine ? units.offsets[i] : 0;
    let terms = Math.abs(z);
    for (let j = 0; j < row.length; j++) {
      z += row[j] * x[j];
      terms += Math.abs(row[j] * x[j]);
    }
    if (Math.abs(z) <= ROUNDING * terms) continue;
    const slope = z > 0 ? above[i] : below[i];
    value += slope * z;
    size += Math.abs(slope) * terms;
  }
  return {value, size};
}

/** A sum is taken for 0 below this part of the sizes of its terms: what rounding leaves of a hyperplane through x. */
export const ROUNDING = 1e-12;

/** Whether a change of either slope of a unit would change the neuron. */
export const isUsed = ({above, below}: Neuron, i: number): boolean => above[i] !== 0 || below[i] !== 0;

/** Whether each unit only lowers the neuron, whatever its value, and does so when weights move a little. */
export const neverRises = (neuron: Neuron): boolean =>
  neuron.above.every((slope, i) => slope <= 0 && neuron.below[i] >= 0 && isUsed(neuron, i));

/** All of the input space, or the box between two corners; a number stands for all inputs. */
export type DomainArgs = 'all' | {low: number | readonly number[]; high: number | readonly number[]};

/** The domain in numbers for each input. */
export function domainOf(domain: DomainArgs, inputs: number, who: string): Domain {
  if (domain === 'all') return 'all';
  const example = 'For example {domain: {low: 0, high: 1}}.';
  if (typeof domain !== 'object' || domain === null) fail(who, "domain must be 'all' or {low, high}", domain, example);
  requireOptions(domain, {low: true, high: true}, `${who}, domain`);
  const corner = (name: 'low' | 'high') => {
    const given = domain[name];
    const numbers = typeof given === 'number' ? new Array<number>(inputs).fill(given) : Array.from(given ?? []);
    if (numbers.length !== inputs || !numbers.every((number) => Number.isFinite(number))) {
      const expected = `domain.${name} must be a finite number, or ${inputs} of them, one for each input`;
      fail(who, expected, Array.isArray(given) ? `[${given}]` : given, example);
    }
    return Float64Array.from(numbers);
  };
  const [low, high] = [corner('low'), corner('high')];
  const wrong = low.findIndex((from, i) => !(from < high[i]));
  if (wrong >= 0) {
    fail(who, 'domain.low must be below domain.high', `${low[wrong]} and ${high[wrong]} for input ${wrong}`, example);
  }
  return {low, high};
}
