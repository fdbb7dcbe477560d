import {normalNumbers, uniformNumbers} from '../../math/random';
import {valueAt} from '../piecewise_linear/piecewise_function';
import {alive, type Decision, dead, unknown} from './decision';
import {intervalBounds} from './interval_bounds';
import type {Domain} from './neuron';
import {propagate, type TargetLayer} from './target_layer';

/** A neuron's value: its distance from the kink, sign * (y - kink). */
export interface Orientation {
  kinks: Float64Array;
  sign: 1 | -1;
}

const SAMPLES = 4096;

/** Decides what interval bounds and samples can, for any layer; the work for all neurons is done with the first. */
export function boundsDecider(
  layer: TargetLayer,
  inputs: number,
  domain: Domain,
  {kinks, sign}: Orientation,
  tolerance: number,
): (index: number) => Decision {
  let shared: {high: Float64Array; sizes: Float64Array; best: Float64Array[]; values: Float64Array} | null = null;
  const work = () => {
    const {low, high, sizes} = intervalBounds(layer, inputs, domain);
    const most = high.map((_, i) => (sign === 1 ? high[i] - kinks[i] : kinks[i] - low[i]));
    return {high: most, sizes, ...bestSamples(layer, inputs, domain, {kinks, sign})};
  };
  return (index) => {
    shared ??= work();
    if (shared.high[index] < -tolerance * (shared.sizes[index] + Math.abs(kinks[index]))) return dead(null);
    return shared.values[index] > 0 ? alive(null, shared.best[index]) : unknown('bounds');
  };
}

function bestSamples(layer: TargetLayer, inputs: number, domain: Domain, {kinks, sign}: Orientation) {
  const points = samplePoints(domain, inputs, SAMPLES);
  const values = new Float64Array(kinks.length).fill(-Infinity);
  const best = new Array<Float64Array>(kinks.length);
  // A part at a time: all rows of a wide layer would take much memory.
  const rows = 64;
  for (let from = 0; from < SAMPLES; from += rows) {
    const batch = points.subarray(from * inputs, (from + rows) * inputs);
    const y = valuesAt(layer, batch, rows);
    for (let k = 0; k < y.length; k++) {
      const index = k % kinks.length;
      const value = sign * (y[k] - kinks[index]);
      if (value <= values[index]) continue;
      values[index] = value;
      const row = Math.floor(k / kinks.length);
      best[index] = batch.subarray(row * inputs, (row + 1) * inputs);
    }
  }
  return {best, values};
}

/** What the activation of a layer reads at points of the input, one row a point. */
export function valuesAt(layer: TargetLayer, points: Float64Array, count: number): Float64Array {
  return propagate(layer, points, {
    affine({linear, bias, outputs}, x) {
      const y = linear(x, count);
      for (let k = 0; bias && k < y.length; k++) y[k] += bias[k % outputs];
      return y;
    },
    elementwise: ({functions}, x) => x.map((value, k) => valueAt(functions[k % functions.length], value)),
    max({windows, inputs}, x) {
      const largest = (_: unknown, k: number) => {
        const row = Math.floor(k / windows.length) * inputs;
        return windows[k % windows.length].reduce((most, i) => Math.max(most, x[row + i]), -Infinity);
      };
      return Float64Array.from({length: count * windows.length}, largest);
    },
    concat(parts) {
      const widths = parts.map(({length}) => length / count);
      const row = (_: unknown, r: number) =>
        parts.flatMap((part, i) => [...part.subarray(r * widths[i], (r + 1) * widths[i])]);
      return Float64Array.from(Array.from({length: count}, row).flat());
    },
  });
}

/** Points of a domain, the same each time: of all of space, normal ones at distances from 1 to 1,000 times. */
export function samplePoints(domain: Domain, inputs: number, count: number): Float64Array {
  const points = new Float64Array(count * inputs);
  if (domain === 'all') {
    const numbers = normalNumbers(1);
    return points.map((_, k) => numbers(k) * 10 ** (Math.floor(k / inputs) % 4));
  }
  const numbers = uniformNumbers(1);
  return points.map((_, k) => {
    const [low, high] = [domain.low[k % inputs], domain.high[k % inputs]];
    return low + ((numbers(k) + 1) / 2) * (high - low);
  });
}
