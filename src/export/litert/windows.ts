import {fail} from '../../errors';
import type {Value, Windows} from '../lower/operations';
import type {Collector} from './collector';

/**
 * The number of an input without what no window reaches: where windows of padding 'same' are shorter than strides, LiteRT counts
 * padding below zero for convolutions, and takes other values than TensorFlow.
 */
export function covered(
  graph: Collector,
  x: Value,
  {strides, padding}: Windows,
  sizes: readonly number[],
  dilations: readonly number[] = sizes.map(() => 1),
): number {
  const spans = sizes.map((size, axis) => dilations[axis] * (size - 1) + 1);
  if (padding === 'valid' || spans.every((span, axis) => span >= strides[axis])) return graph.of(x);
  const found = x.shape.slice(1, -1);
  const reached = found.map((n, axis) => {
    if (n !== null) return Math.min(n, (Math.ceil(n / strides[axis]) - 1) * strides[axis] + spans[axis]);
    const expected = "the sizes of images must be known where windows of padding 'same' are shorter than strides";
    return fail('toLiteRT', expected, `sizes [${found.map((size) => size ?? 'null')}]`, 'Set inputShape.');
  });
  if (reached.every((n, axis) => n === found[axis])) return graph.of(x);
  const starts = x.shape.map(() => 0);
  const shape = [x.shape[0], ...reached, x.shape.at(-1)!];
  const {inputs, options} = graph.slice(starts, [-1, ...reached, -1]);
  return graph.add('STRIDED_SLICE', [graph.of(x), ...inputs], shape, options);
}
