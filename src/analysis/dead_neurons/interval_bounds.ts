import {rangeOf} from '../piecewise_linear/piecewise_function';
import type {Affine, Elementwise, Max} from '../piecewise_linear/steps';
import type {Domain} from './neuron';
import {matrixOf, propagate, type TargetLayer} from './target_layer';

/** Bounds of the values of units, and the sizes of the terms that they are sums of. */
export interface Intervals {
  low: Float64Array;
  high: Float64Array;
  sizes: Float64Array;
}

/** Bounds of what the activation of a layer reads. Sound, but not tight: units are taken for independent. */
export function intervalBounds(layer: TargetLayer, inputs: number, domain: Domain): Intervals {
  const numbers = (value: number) => new Float64Array(inputs).fill(value);
  const [low, high] = domain === 'all' ? [numbers(-Infinity), numbers(Infinity)] : [domain.low, domain.high];
  return propagate<Intervals>(layer, {low, high, sizes: numbers(0)}, {affine, elementwise, max, concat});
}

function concat(parts: readonly Intervals[]): Intervals {
  const all = (key: keyof Intervals) => Float64Array.from(parts.flatMap((part) => [...part[key]]));
  return {low: all('low'), high: all('high'), sizes: all('sizes')};
}

function affine(step: Affine, {low, high}: Intervals): Intervals {
  const matrix = matrixOf([step], step.inputs);
  const bias = step.bias ?? new Float64Array(step.outputs);
  const to: Intervals = {low: bias.slice(), high: bias.slice(), sizes: bias.map(Math.abs)};
  for (let i = 0, k = 0; i < step.inputs; i++) {
    for (let j = 0; j < step.outputs; j++, k++) {
      const weight = matrix[k];
      if (weight === 0) continue; // times Infinity it would be no number
      const [least, most] = weight > 0 ? [low[i], high[i]] : [high[i], low[i]];
      to.low[j] += weight * least;
      to.high[j] += weight * most;
      // A bound that an infinite term enters is infinite: only the others have rounding errors.
      for (const end of [least, most]) if (Number.isFinite(end)) to.sizes[j] += Math.abs(weight * end);
    }
  }
  return to;
}

function max({windows}: Max, {low, high, sizes}: Intervals): Intervals {
  const largest = (numbers: Float64Array) =>
    Float64Array.from(windows, (window) => window.reduce((most, i) => Math.max(most, numbers[i]), -Infinity));
  return {low: largest(low), high: largest(high), sizes: largest(sizes)};
}

function elementwise({functions}: Elementwise, {low, high, sizes}: Intervals): Intervals {
  const to = {low: new Float64Array(low.length), high: new Float64Array(low.length), sizes};
  for (const [i, f] of functions.entries()) [to.low[i], to.high[i]] = rangeOf(f, low[i], high[i]);
  return to;
}
