import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';

/** An open interval. */
export type Interval = readonly [low: number, high: number];

export const FINITE: Interval = [-Infinity, Infinity];

/** An argument of an op as a float32 tensor of rank >= `minRank`; numbers given by hand must lie inside `within`. */
export function toFloatTensor(
  x: tf.Tensor | tf.TensorLike,
  name: string,
  who: string,
  {minRank = 0, within}: {minRank?: number; within?: Interval} = {},
): tf.Tensor {
  if (x === null || x === undefined) {
    fail(who, `${name} must be a tensor or numbers`, String(x), `Pass a tensor, for example tf.zeros([4]).`);
  }
  if (within && !(x instanceof tf.Tensor)) requireWithin(x, within, name, who);
  const tensor = x instanceof tf.Tensor ? x : tf.tensor(x);
  if (tensor.dtype !== 'float32') {
    fail(who, `${name} must be of dtype float32`, tensor.dtype, `Convert it: ${name}.toFloat().`);
  }
  if (tensor.rank < minRank) {
    fail(
      who,
      `${name} must have rank ${minRank} or more`,
      `shape [${tensor.shape}]`,
      `Give it an axis: ${name}.expandDims().`,
    );
  }
  return tensor;
}

function requireWithin(values: tf.TensorLike, [low, high]: Interval, name: string, who: string): void {
  for (const value of tf.util.flatten(values as number[])) {
    if (typeof value === 'number' && !(value > low && value < high)) {
      const range = low === -Infinity ? 'finite' : `between ${low} and ${high}`;
      fail(
        who,
        `${name} must be ${range}`,
        String(value),
        'Check how it was computed: a NaN would spread to every output.',
      );
    }
  }
}

/** `axis` counted from the front. */
export function normalizeAxis(axis: number, rank: number, who: string): number {
  if (!(Number.isInteger(axis) && axis >= -rank && axis < rank)) {
    fail(
      who,
      `axis must be an integer from ${-rank} to ${rank - 1} for an input of rank ${rank}`,
      String(axis),
      'Axis -1 is the last one.',
    );
  }
  return axis < 0 ? axis + rank : axis;
}
