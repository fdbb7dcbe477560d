import * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../kernel';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';

type Call = Parameters<KernelFunction>[0];
type Attrs = {axis: number; scale: number};

/** WHTReLUPair as the kernels of its two parts. */
export const whtReLUPair: KernelFunction = (call) =>
  tf.tidy(() => {
    const {negative, positive} = call.inputs;
    return reluPair({...call, inputs: {x: transformed(call), negative, positive}, attrs: unitsOf(call)}) as tf.Tensor;
  });

export const whtReLUPairGradient: KernelFunction = (call) =>
  tf.tidy(() => {
    const {signs, negative, positive, dy} = call.inputs;
    const pair = {...call, inputs: {x: transformed(call), negative, positive, dy}, attrs: unitsOf(call)};
    const [dz, ...dslopes] = reluPairGradient(pair) as tf.Tensor[];
    const back = {...call, inputs: {x: dz, signs}, attrs: {...call.attrs, transposed: true}};
    return [walshHadamard(back) as tf.Tensor, ...dslopes];
  });

function transformed(call: Call): tf.Tensor {
  const {x, signs} = call.inputs;
  return walshHadamard({...call, inputs: {x, signs}}) as tf.Tensor;
}

function unitsOf({inputs, attrs}: Call): {units: number; inner: number} {
  const {shape} = inputs.x!;
  const {axis} = attrs as unknown as Attrs;
  return {units: shape[axis], inner: tf.util.sizeFromShape(shape.slice(axis + 1))};
}
