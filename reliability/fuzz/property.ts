import * as tf from '@tensorflow/tfjs';
import type fc from 'fast-check';
import {numbers, type Recipe, sizeOf} from './values';

/** One thing that must hold for all cases. */
export interface Property<Case = unknown> {
  readonly name: string;
  /** Its share of the runs. */
  readonly weight: number;
  readonly cases: fc.Arbitrary<Case>;
  /** Throws if it does not hold. Tensors that it makes are disposed by the caller. */
  check(value: Case): Promise<void>;
}

/** Cases of one type inside, none outside. */
export const property = <Case>(own: Property<Case>): Property => own as Property as Property<unknown>;

/** A tensor of the numbers of a recipe, on request as a reshaped slice from the middle of a longer one. */
export function tensorOf(
  recipe: Recipe,
  shape: readonly number[],
  isView = false,
): {tensor: tf.Tensor; values: Float32Array} {
  const values = numbers(recipe, sizeOf(shape));
  if (!isView) return {tensor: tf.tensor(values, shape as number[], 'float32'), values};
  const longer = tf.tensor1d([7, 8, 9, ...values, 7]);
  return {tensor: tf.reshape(tf.slice(longer, [3], [values.length]), shape as number[]), values};
}
