import * as tf from '@tensorflow/tfjs';
import {values} from '../support/backend';
import {normal} from '../support/random';

/** A float32 tensor as plain numbers, to be used by an op and by its definition in double precision. */
export interface Input {
  shape: number[];
  values: ArrayLike<number>;
}

export const sizeOf = (shape: number[]) => shape.reduce((product, size) => product * size, 1);

export const normalInput = (shape: number[], seed: number): Input => ({shape, values: normal(sizeOf(shape), seed)});

export const toTensor = ({shape, values}: Input) => tf.tensor(Float32Array.from(values), shape);

/** The values of the tensors that `compute` returns; disposes all it made. */
export async function evaluateAll(compute: () => tf.Tensor[]): Promise<Float32Array[]> {
  const tensors = tf.tidy(compute);
  const results = await Promise.all(tensors.map(values));
  tf.dispose(tensors);
  return results;
}

/** The values of the tensor that `compute` returns; disposes all it made. */
export async function evaluate(compute: () => tf.Tensor): Promise<Float32Array> {
  return (await evaluateAll(() => [compute()]))[0];
}

/** How many tensors a call leaves behind besides its result. */
export function tensorsLeftBy(compute: () => tf.Tensor | tf.Tensor[]): number {
  const before = tf.memory().numTensors;
  const result = [compute()].flat();
  const left = tf.memory().numTensors - before - result.length;
  tf.dispose(result);
  return left;
}
