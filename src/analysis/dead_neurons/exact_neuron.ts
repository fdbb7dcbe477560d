import {commonExponent, wholeAt} from '../../math/dyadic';
import type {Domain, Neuron} from './neuron';

/** A neuron and its domain in whole numbers: all numbers that doubles can be, without rounding. */
export interface ExactNeuron {
  readonly rows: readonly bigint[][];
  readonly offsets: readonly bigint[];
  readonly above: readonly bigint[];
  readonly below: readonly bigint[];
  readonly constant: bigint;
  /** The corners of a box; null for all of space. */
  readonly box: {readonly low: readonly bigint[]; readonly high: readonly bigint[]} | null;
  /** True values and inputs are those of the whole numbers times these powers of 2. */
  readonly valueExponent: number;
  readonly inputExponent: number;
}

/** The least upper bound of a neuron, in whole numbers. */
export interface ExactSupremum {
  readonly unbounded: boolean;
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** Where it is reached, times the denominator. */
  readonly points: readonly (readonly bigint[])[];
  /** Where the neuron rises, or stays, without end. */
  readonly direction: readonly bigint[] | null;
  /** Whether the slopes of all directions say the same when the weights move a little. */
  readonly stable: boolean;
}

export function exactNeuron({units, above, below, constant}: Neuron, domain: Domain): ExactNeuron {
  const {rows, offsets} = units;
  const ends = domain === 'all' ? [] : [...domain.low, ...domain.high];
  const inputExponent = commonExponent(ends);
  const unitExponent = Math.min(
    ...rows.map((row) => commonExponent(row) + inputExponent),
    commonExponent(offsets),
    inputExponent,
  );
  const slopeExponent = Math.min(
    commonExponent(above),
    commonExponent(below),
    constant === 0 ? Infinity : commonExponent([constant]) - unitExponent,
  );
  const whole = (numbers: Float64Array, exponent: number) => Array.from(numbers, (x) => wholeAt(x, exponent));
  return {
    rows: rows.map((row) => whole(row, unitExponent - inputExponent)),
    offsets: whole(offsets, unitExponent),
    above: whole(above, slopeExponent),
    below: whole(below, slopeExponent),
    constant: wholeAt(constant, slopeExponent + unitExponent),
    box: domain === 'all' ? null : {low: whole(domain.low, inputExponent), high: whole(domain.high, inputExponent)},
    valueExponent: slopeExponent + unitExponent,
    inputExponent,
  };
}

/** The value at x / d, times d > 0. */
export function exactValueAt(
  {rows, offsets, above, below, constant}: ExactNeuron,
  x: readonly bigint[],
  d = 1n,
): bigint {
  let value = constant * d;
  for (const [i, row] of rows.entries()) {
    let z = offsets[i] * d;
    for (let j = 0; j < row.length; j++) z += row[j] * x[j];
    value += (z > 0n ? above[i] : below[i]) * z;
  }
  return value;
}

/** The sign of a neuron's value at an input in doubles. */
export function exactSignAt(neuron: Neuron, x: Float64Array): number {
  const exact = exactNeuron(neuron, {low: x, high: x});
  const value = exactValueAt(exact, exact.box!.low);
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}
