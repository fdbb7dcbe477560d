import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import * as pw from 'tfjs-piecewise';
import {compare} from '../compare';
import {property, tensorOf} from '../property';
import {noValues, U} from '../reference';
import {plainNumbers} from '../values';

/**
 * `pw.layers.whtProjection` as a matrix, which its outputs for the rows of the identity give: outputs of other rows, and the
 * derivative by the input. Both come from other numbers, rows and kernels than the matrix: expansion, bias, selection.
 */
export const whtProjectionProperty = property({
  name: 'whtProjection',
  weight: 2,
  cases: fc.record({
    inputs: fc.integer({min: 1, max: 40}),
    units: fc.integer({min: 1, max: 70}),
    rows: fc.integer({min: 0, max: 5}),
    seed: fc.integer({min: 1, max: 1000}),
    expand: fc.constantFrom('tile' as const, 'pad' as const),
    contract: fc.constantFrom('subsample' as const, 'head' as const),
    randomBias: fc.constantFrom(0, 0.5),
    x: plainNumbers,
    dy: plainNumbers,
    isView: fc.boolean(),
  }),
  async check({inputs, rows, x, dy, isView, ...args}) {
    const {units} = args;
    const layer = pw.layers.whtProjection(args);
    const project = (t: tf.Tensor) => layer.apply(t) as tf.Tensor;
    const [constant, ...shifted] = (await project(
      tf.concat([tf.zeros([1, inputs]), tf.eye(inputs)]),
    ).array()) as number[][];
    const matrix = shifted.map((row) => row.map((value, j) => value - constant[j]));
    const input = tensorOf(x, [rows, inputs], isView);
    const upstream = tensorOf(dy, [rows, units]);

    const y = noValues(rows * units);
    const dx = noValues(rows * inputs);
    for (let k = 0; k < rows * units; k++) {
      const [row, j] = [Math.floor(k / units), k % units];
      y.values[k] = constant[j];
      y.bound[k] = Math.abs(constant[j]);
      for (let i = 0; i < inputs; i++) {
        const [at, weight] = [row * inputs + i, matrix[i][j]];
        y.values[k] += weight * input.values[at];
        // The matrix is a difference of rounded sums.
        y.bound[k] += (Math.abs(weight) + Math.abs(constant[j]) + 1) * Math.abs(input.values[at]);
        dx.values[at] += weight * upstream.values[k];
        dx.bound[at] += (Math.abs(weight) + Math.abs(constant[j]) + 1) * Math.abs(upstream.values[k]);
      }
    }
    for (const expected of [y, dx]) expected.bound = expected.bound.map((size) => 200 * U * size);
    await compare('y', project(input.tensor), [rows, units], y);
    await compare('dx', tf.grad(project)(input.tensor, upstream.tensor), [rows, inputs], dx);
    layer.dispose();
  },
});
