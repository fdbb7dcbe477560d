import * as tf from '@tensorflow/tfjs';
import {runKernel} from '../../src/engine';
import {values} from '../support/backend';
import {expectClose} from '../support/close';
import type {Row} from './table';

export type MakeTensor = (shape: number[], values: Float32Array | Int32Array) => tf.Tensor;

const dtypeOf = (values: Float32Array | Int32Array) => (values instanceof Int32Array ? 'int32' : 'float32');

export const fresh: MakeTensor = (shape, values) => tf.tensor(values, shape, dtypeOf(values));

/** Runs a row of the table, compares the outputs with what they must be, and returns their values. */
export async function checkRow(
  {kernel, inputs, attrs, outputs, relative}: Row,
  run: typeof runKernel = runKernel,
  make = fresh,
): Promise<Float32Array[]> {
  const results = tf.tidy(() => {
    const tensors = Object.entries(inputs).map(([name, {shape, values}]) => [name, make(shape, values)]);
    return [run(kernel, Object.fromEntries(tensors), attrs)].flat();
  });
  expect(results.map(({shape, dtype}) => ({shape, dtype}))).toEqual(
    outputs.map(({shape}) => ({shape, dtype: 'float32'})),
  );
  const found = await Promise.all(results.map(values));
  for (const [i, actual] of found.entries()) expectClose(actual, outputs[i].values, {relative, absolute: relative});
  tf.dispose(results);
  return found;
}
