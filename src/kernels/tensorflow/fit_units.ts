import * as tf from '@tensorflow/tfjs';
import {type KernelFunction, portable} from '../../engine';
import {customOp} from './custom_op';

/** Attributes of an op that makes its input longer as it reads it; its last input is `offset`. */
export const expansion = {tiled: 'BOOL', moved: 'INT'} as const;

const attributes = {axis: 'INT', size: 'INT', ...expansion} as const;

export const ExpandUnits = customOp(
  'ExpandUnits',
  {inputs: ['x', 'offset'], attributes, outputs: 1},
  portable('ExpandUnits'),
);

/** x as long as the signs are, and the offset added, for the kernels that serve without our ops. */
export function expandedInput({inputs, attrs}: Parameters<KernelFunction>[0]): tf.Tensor {
  const {x, signs, offset} = inputs as tf.NamedTensorMap;
  const {axis, units, tiled} = attrs as unknown as {axis: number; units?: number; tiled: boolean};
  const size = signs?.size ?? 0;
  let y = x;
  if (units !== undefined && units < size) {
    const along = <T>(value: T, other: T) => x.shape.map((_, i) => (i === axis ? value : other));
    if (tiled) {
      const copies = tf.tile(x, along(Math.ceil(size / units), 1));
      y = tf.slice(
        copies,
        along(0, 0),
        x.shape.map((each, i) => (i === axis ? size : each)),
      );
    } else {
      y = tf.pad(x, along<[number, number]>([0, size - units], [0, 0]));
    }
  }
  if (!offset) return y;
  const added = tf.pad(offset, [[0, size - offset.size]]);
  return tf.add(y, tf.reshape(added, [size, ...x.shape.slice(axis + 1).map(() => 1)]));
}
