import {valueAt} from '../piecewise_linear/piecewise_function';
import {propagate, type Rules, type Steps} from './target_layer';

/** What the activation of a layer reads at points of the input, one row a point. */
export const valuesAt = (steps: Steps, points: Float64Array, count: number): Float64Array =>
  propagate(steps, points, rulesOf(count), 'last').get(steps.reads)!;

/** All values at a point. */
export const allValuesAt = (steps: Steps, point: Float64Array): Map<number, Float64Array> =>
  propagate(steps, point, rulesOf(1), 'all');

const rulesOf = (count: number): Rules<Float64Array> => ({
  affine(step, x) {
    const {bias, outputs} = step;
    const y = step.linear(x, count);
    for (let row = 0, k = 0; bias && row < count; row++) for (let i = 0; i < outputs; i++) y[k++] += bias[i];
    return y;
  },
  elementwise({functions}, x) {
    const y = new Float64Array(x.length);
    for (let row = 0, k = 0; row < count; row++)
      for (const f of functions) {
        y[k] = valueAt(f, x[k]);
        k++;
      }
    return y;
  },
  max({windows, inputs}, x) {
    const y = new Float64Array(count * windows.length);
    for (let row = 0, k = 0; row < count; row++) {
      for (const window of windows) {
        let most = -Infinity;
        for (const i of window) most = Math.max(most, x[row * inputs + i]);
        y[k++] = most;
      }
    }
    return y;
  },
  concat(parts) {
    const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
    for (let row = 0, at = 0; row < count; row++) {
      for (const part of parts) {
        const width = part.length / count;
        whole.set(part.subarray(row * width, (row + 1) * width), at);
        at += width;
      }
    }
    return whole;
  },
});
