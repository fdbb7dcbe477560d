import * as tf from '@tensorflow/tfjs';
import {type KernelFunction, portable} from '../../engine';
import {ops} from './backend';
import {customOp} from './custom_op';

/** Two ops of TensorFlow, where the fused product of tfjs is seven. */
const inTwo: KernelFunction = (call) => {
  const {x, weights, bias} = call.inputs as {[name: string]: tf.Tensor};
  if (x.size === 0) return portable('DenseUnits')(call);
  const {matMul, binary} = ops(call.backend);
  if (bias.size === 0) return matMul(x, weights);
  return tf.tidy(() => binary('AddV2', matMul(x, weights), bias));
};

/** Multiplications up to which an op of our own takes less time than several of TensorFlow, whose products are the faster ones. */
const SMALL = 2 ** 20;
/** The op first copies the weights in another order, which takes as long as so many rows. */
const COPY = 16;

/** `own` for small products, which wait for calls, and else `others`. */
const bySize =
  (own: KernelFunction, others: KernelFunction): KernelFunction =>
  (call) => {
    const {x, weights} = call.inputs as {[name: string]: tf.TensorInfo};
    const small = (x.shape[0] + COPY) * weights.shape[0] * weights.shape[1] <= SMALL;
    return (small ? own : others)(call);
  };

const inputs = ['x', 'weights', 'bias'];
export const DenseUnits = bySize(customOp('DenseUnits', {inputs, attributes: {}, outputs: 1}, inTwo), inTwo);

const inThree = portable('DenseUnitsGradient');
export const DenseUnitsGradient = bySize(
  customOp('DenseUnitsGradient', {inputs: ['dy', 'x', 'weights'], attributes: {}, outputs: 3}, inThree),
  inThree,
);

export const TransposedMatMul: KernelFunction = (call) => {
  const [a, b] = [call.inputs.a, call.inputs.b] as tf.Tensor[];
  if (a.size * b.size === 0) return portable('TransposedMatMul')(call);
  return ops(call.backend).matMul(a, b, call.attrs?.first ? 'first' : 'second');
};
