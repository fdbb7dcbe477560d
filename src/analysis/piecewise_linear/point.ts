import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import {sizeOf} from './layer_call';

/** A sample without its batch axis: numbers, nested or flat, or a tensor. */
export type Point = tf.TensorLike | tf.Tensor;

/** A sample of a model; of one of several inputs a list with one for each. */
export type Points = Point | readonly Point[];

/** A sample in doubles; of a model of several inputs from a list with one for each, one after the other. */
export async function pointOf(
  point: Points | undefined,
  name: string,
  shapes: readonly (readonly number[])[],
  who: string,
): Promise<Float64Array> {
  if (shapes.length === 1) return partOf(point as Point | undefined, name, shapes[0], who);
  if (!Array.isArray(point) || point.length !== shapes.length) {
    const received = Array.isArray(point) ? `${point.length}` : String(point);
    const shown = shapes.map((shape) => `[${shape}]`).join(', ');
    fail(
      who,
      `${name} must be a list of ${shapes.length} points, of the inputs' shapes ${shown}`,
      received,
      'One each.',
    );
  }
  const parts = await Promise.all(shapes.map((shape, i) => partOf(point[i], `${name}[${i}]`, shape, who)));
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

async function partOf(
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
