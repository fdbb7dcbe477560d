import {alive, type Decision, dead, unknown} from './decision';
import {intervalBounds} from './interval_bounds';
import type {Domain} from './neuron';
import {samplePoints, valuesAt} from './sample_values';
import type {TargetLayer} from './target_layer';

/** Of a value y a neuron is the number sign * (y - kink). */
export interface Reading {
  kinks: Float64Array;
  sign: 1 | -1;
}

const SAMPLES = 4096;

/** Decides what interval bounds and samples can, for any layer; the work for all neurons is done with the first. */
export function boundsDecider(
  layer: TargetLayer,
  inputs: number,
  domain: Domain,
  {kinks, sign}: Reading,
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

function bestSamples(layer: TargetLayer, inputs: number, domain: Domain, {kinks, sign}: Reading) {
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
