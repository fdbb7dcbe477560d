import {valueAt} from '../piecewise_linear/piecewise_function';
import type {Step} from '../piecewise_linear/steps';
import type {Domain} from './neuron';
import {normalNumbers, uniformNumbers} from './random_numbers';
import type {TargetLayer} from './target_layer';

/** What the activation of a layer reads at points of the input, one row a point. */
export function valuesAt(layer: TargetLayer, points: Float64Array, count: number): Float64Array {
  const values = new Map([[0, points]]);
  for (const {step, reads, writes} of layer.before) {
    const parts = reads.map((read) => values.get(read)!);
    values.set(writes, stepAt(step, joined(parts, count), count));
  }
  return values.get(layer.reads)!;
}

function joined(parts: readonly Float64Array[], count: number): Float64Array {
  if (parts.length === 1) return parts[0];
  const widths = parts.map(({length}) => length / count);
  const rows = Array.from({length: count}, (_, row) =>
    parts.flatMap((part, i) => [...part.subarray(row * widths[i], (row + 1) * widths[i])]),
  );
  return Float64Array.from(rows.flat());
}

function stepAt(step: Step, x: Float64Array, count: number): Float64Array {
  if (step.kind === 'affine') {
    const y = step.linear(x, count);
    for (let k = 0; step.bias && k < y.length; k++) y[k] += step.bias[k % step.outputs];
    return y;
  }
  if (step.kind === 'elementwise') {
    return x.map((value, k) => valueAt(step.functions[k % step.functions.length], value));
  }
  const {windows, inputs} = step;
  return Float64Array.from({length: count * windows.length}, (_, k) => {
    const row = Math.floor(k / windows.length) * inputs;
    return windows[k % windows.length].reduce((most, i) => Math.max(most, x[row + i]), -Infinity);
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
