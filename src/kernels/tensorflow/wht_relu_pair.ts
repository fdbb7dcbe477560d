import * as tf from '@tensorflow/tfjs';
import {type KernelFunction, portable} from '../../engine';
import {customOp} from './custom_op';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';

type Call = Parameters<KernelFunction>[0];
type Attrs = {axis: number; scale: number};

/** WHTReLUPair as the kernels of its two parts. */
const whtReLUPair: KernelFunction = (call) =>
  tf.tidy(() => {
    const {negative, positive} = call.inputs;
    return reluPair({...call, inputs: {x: transformed(call), negative, positive}, attrs: unitsOf(call)}) as tf.Tensor;
  });

const whtReLUPairGradient: KernelFunction = (call) =>
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

const inputs = ['x', 'signs', 'negative', 'positive'];
const attributes = {axis: 'INT', scale: 'FLOAT'} as const;

export const WHTReLUPair = customOp('WHTReLUPair', {inputs, attributes, outputs: 1}, whtReLUPair);
export const WHTReLUPairGradient = customOp(
  'WHTReLUPairGradient',
  {inputs: [...inputs, 'dy'], attributes, outputs: 3},
  whtReLUPairGradient,
);
export const WHTReLUPairSlopes = customOp(
  'WHTReLUPairSlopes',
  {inputs: ['x', 'signs', 'dy'], attributes, outputs: 2},
  portable('WHTReLUPairSlopes'),
);
