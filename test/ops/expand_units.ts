import type * as tf from '@tensorflow/tfjs';
import {expansionFor} from '../../src/ops/fit_units';

/** An axis made longer apart from a transform, to `size` units. */
export function expandUnits(
  x: tf.Tensor,
  axis: number,
  size: number,
  how: 'tile' | 'pad',
  offset: tf.Tensor | null = null,
): tf.Tensor {
  return expansionFor(x, axis, size, {how, offset}, true).inputs.x;
}
