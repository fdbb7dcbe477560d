/** How much the units of a network matter to its outputs. */

import type {PiecewiseLinear} from '../../analysis/piecewise_linear/read_model';
import {randomSigns} from '../../math/random';
import {backwards, forwards, sizeOfValue} from './flow';

/** Outputs beyond these are looked at in random sums. */
const MOST_OUTPUTS = 8;

export interface Importance {
  /** By value of the network and unit: how far the outputs move (root mean square) when a unit moves as it does over the samples. */
  readonly of: readonly Float64Array[];
  /** Standard deviation of each unit over the samples. */
  readonly deviation: readonly Float64Array[];
}

/** Standard deviation of a unit times the root mean square of the derivatives of the outputs by it. */
export function importanceOf(network: PiecewiseLinear, samples: Float64Array, rows: number): Importance {
  const values = forwards(network, samples, rows);
  const count = network.nodes.length + 1;
  const sizes = Array.from({length: count}, (_, value) => sizeOfValue(network, value));
  const squares = sizes.map((size) => new Float64Array(size));
  for (const weights of directions(sizes[network.output])) {
    for (const [value, d] of backwards(network, values, weights, rows)) {
      for (let k = 0; k < d.length; k++) squares[value][k % sizes[value]] += d[k] ** 2 / rows;
    }
  }
  const deviation = sizes.map((size, value) => deviations(values.get(value)!, size, rows));
  return {of: squares.map((square, value) => square.map((s, i) => Math.sqrt(s) * deviation[value][i])), deviation};
}

/** Each output by itself; of many, sums with random signs, of which the mean square is the same. */
function directions(outputs: number): Float64Array[] {
  return Array.from({length: Math.min(outputs, MOST_OUTPUTS)}, (_, round) =>
    outputs <= MOST_OUTPUTS
      ? Float64Array.from({length: outputs}, (__, i) => Number(i === round))
      : Float64Array.from(randomSigns(outputs, 1, round), (sign) => sign / Math.sqrt(MOST_OUTPUTS)),
  );
}

function deviations(values: Float64Array, size: number, rows: number): Float64Array {
  const mean = new Float64Array(size);
  for (let k = 0; k < values.length; k++) mean[k % size] += values[k] / rows;
  const variance = new Float64Array(size);
  for (let k = 0; k < values.length; k++) variance[k % size] += (values[k] - mean[k % size]) ** 2 / rows;
  return variance.map(Math.sqrt);
}
