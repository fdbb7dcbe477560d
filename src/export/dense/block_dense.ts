import * as tf from '@tensorflow/tfjs';
import type {BlockDense} from '../../layers/block_dense';
import type {ActivationIdentifier} from '../../tfjs_internals';
import {weightsOf} from '../source';
import {type Converter, densePart, requireKernelSize} from './part';

/** One dense layer, with zeros outside the blocks. */
export const convertBlockDense: Converter<BlockDense> = (layer) => {
  const {kernel, bias} = weightsOf(layer);
  const [blocks, size] = kernel.shape;
  const units = blocks * size;
  requireKernelSize(units, units, layer);
  const onDiagonal = tf.reshape(tf.eye(blocks), [blocks, 1, blocks, 1]);
  const whole = tf.reshape(tf.mul(onDiagonal, tf.reshape(kernel, [blocks, size, 1, size])), [units, units]);
  const map = {kernel: whole as tf.Tensor2D, bias: (bias as tf.Tensor1D) ?? tf.zeros([units])};
  return [densePart(layer.name, map, layer.getConfig().activation as ActivationIdentifier)];
};
