import type {Elementwise, Max} from '../piecewise_linear/steps';
import type {Intervals} from './interval_bounds';
import {lineAbove, lineBelow} from './lines';

/** Linear functions of what a step reads that its outputs are never above, and never below, one of each for an output. */
export interface Relaxation {
  /** The input that the bound above depends on, its factor, and a constant. */
  readonly above: Bounds;
  readonly below: Bounds;
}

interface Bounds {
  readonly inputs: Int32Array;
  readonly slopes: Float64Array;
  readonly offsets: Float64Array;
}

export function relaxationOf(step: Elementwise | Max, x: Intervals): Relaxation {
  return step.kind === 'max' ? maxRelaxation(step, x) : elementwiseRelaxation(step, x);
}

function emptyBounds(count: number): Bounds {
  return {inputs: new Int32Array(count), slopes: new Float64Array(count), offsets: new Float64Array(count)};
}

function elementwiseRelaxation({functions}: Elementwise, {low, high}: Intervals): Relaxation {
  const [above, below] = [emptyBounds(functions.length), emptyBounds(functions.length)];
  for (const [i, f] of functions.entries()) {
    for (const [bounds, lineOf] of [
      [above, lineAbove],
      [below, lineBelow],
    ] as const) {
      // biome-ignore format: pairs
      const {slope, offset} = lineOf(f, low[i], high[i]);
      bounds.inputs[i] = i;
      bounds.slopes[i] = slope;
      bounds.offsets[i] = offset;
    }
  }
  return {above, below};
}

/** Above: the largest end; or one input, and by how much another one could be more. Below: the input that promises most. */
function maxRelaxation({windows}: Max, {low, high}: Intervals): Relaxation {
  const [above, below] = [emptyBounds(windows.length), emptyBounds(windows.length)];
  for (const [i, window] of windows.entries()) {
    const first = (key: (input: number) => number) => window.reduce((best, at) => (key(at) > key(best) ? at : best));
    below.inputs[i] = first((at) => low[at] + high[at]);
    below.slopes[i] = 1;
    const leader = first((at) => low[at]);
    const others = window.reduce((most, at) => (at === leader ? most : Math.max(most, high[at])), -Infinity);
    const lead = Math.max(0, others - low[leader]) * (1 + 2 ** -50);
    const end = Math.max(others, high[leader]);
    above.inputs[i] = leader;
    const isLine = (low[leader] + high[leader]) / 2 + lead <= end;
    above.slopes[i] = isLine ? 1 : 0;
    above.offsets[i] = isLine ? lead : end;
  }
  return {above, below};
}
