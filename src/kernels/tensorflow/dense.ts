import * as tf from '@tensorflow/tfjs';
import {type KernelFunction, portable} from '../../engine';
import {ops} from './backend';

/** Two ops of TensorFlow, where the fused product of tfjs is seven. */
export const denseUnits: KernelFunction = (call) => {
  const {x, weights, bias} = call.inputs as {[name: string]: tf.Tensor};
  if (x.size === 0) return portable('DenseUnits')(call);
  const {matMul, binary} = ops(call.backend);
  if (bias.size === 0) return matMul(x, weights);
  return tf.tidy(() => binary('AddV2', matMul(x, weights), bias));
};

export const transposedMatMul: KernelFunction = (call) => {
  const [a, b] = [call.inputs.a, call.inputs.b] as tf.Tensor[];
  if (a.size * b.size === 0) return portable('TransposedMatMul')(call);
  return ops(call.backend).matMul(a, b, call.attrs?.first ? 'first' : 'second');
};
