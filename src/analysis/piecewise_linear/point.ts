import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {sizeOf} from './layer_call';

/** A sample without its batch axis: numbers, nested or flat, or a tensor. */
export type Point = tf.TensorLike | tf.Tensor;

/** A sample in doubles. */
export async function pointOf(
  point: Point | undefined,
  name: string,
  shape: readonly number[],
  who: string,
): Promise<Float64Array> {
  const example = `For example a flat array of ${sizeOf(shape)} numbers.`;
  if (point === null || point === undefined) {
    fail(who, `${name} must be a point of the input, of shape [${shape}]`, String(point), example);
  }
  const numbers = point instanceof tf.Tensor ? await point.data() : tf.util.flatten(point as number[]);
  const values = Float64Array.from(numbers as number[], Number);
  if (values.length !== sizeOf(shape)) {
    fail(who, `${name} must be a point of the input, of shape [${shape}]`, `${values.length} numbers`, example);
  }
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) fail(who, `${name} must be finite`, bad, 'Check how it was computed.');
  return values;
}
