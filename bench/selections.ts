/** The kernels that take, put back and repeat units, as the engine calls them: a quarter or a half of them, beside all. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type KernelCall, type Shape, spread, unexpanded} from './kernels';

/** By what they do, for two of them are one kernel. */
export const SELECTIONS = ['take a quarter', 'put back a quarter', 'repeat a half', 'transform to a quarter'] as const;
export type SelectionName = (typeof SELECTIONS)[number];

/** The names in tfjs's registry. */
export const KERNEL_OF: {[name in SelectionName]: string} = {
  'take a quarter': 'TakeUnits',
  'put back a quarter': 'TakeUnits',
  'repeat a half': 'ExpandUnits',
  'transform to a quarter': 'SelectedWalshHadamard',
};

/** The call whose longer side, x or y, is [rows, n]. */
export function selectionCall(what: SelectionName, [rows, n]: Shape): KernelCall {
  const name = KERNEL_OF[what];
  const matrix = (columns: number) => tf.tensor2d(spread(rows * columns, -1, 1), [rows, columns]);
  if (name === 'ExpandUnits') {
    const attrs = {axis: 1, units: n / 2, size: n, tiled: true, moved: 0};
    return {name, inputs: {x: matrix(n / 2)}, attrs};
  }
  const count = n / 4;
  const taken = Int32Array.from({length: count}, (_, j) => (j * (n / 2 - 1)) % n);
  const back = new Int32Array(n).fill(count);
  taken.forEach((unit, j) => {
    back[unit] = j;
  });
  const [indices, inverse] = [taken, back].map((units) => tf.tensor1d(units, 'int32'));
  if (what === 'put back a quarter') {
    return {name, inputs: {x: matrix(count), indices: inverse, inverse: indices}, attrs: {axis: 1}};
  }
  if (what === 'take a quarter') return {name, inputs: {x: matrix(n), indices, inverse}, attrs: {axis: 1}};
  const signs = tf.tensor1d(spread(n, -1, 1));
  const attrs = {axis: 1, scale: 1 / Math.sqrt(n), transposed: false, fixed: true, ...unexpanded(n)};
  return {name, inputs: {x: matrix(n), signs, indices, inverse}, attrs};
}

/** Registers what is not native to the active backend, as the first use of each does. */
export function useSelections(): void {
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 4, seed: 1, inputShape: [2]}),
      pw.layers.reluPair({parametricFraction: 0.5}),
      pw.layers.whtProjection({units: 1, seed: 2}),
    ],
  });
  // A second derivative expands before it transforms.
  const derivative = (x: tf.Tensor) => tf.grad((t) => model.apply(t) as tf.Tensor)(x);
  tf.tidy(() => {
    tf.grad((x) => tf.sum(tf.square(derivative(x))))(tf.ones([1, 2]));
  });
  model.dispose();
}
