import * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {customOp} from './custom_op';
import {expansion} from './fit_units';
import {reluPair, reluPairGradient} from './relu_pair';
import {walshHadamard} from './walsh_hadamard';

type Call = Parameters<KernelFunction>[0];
type Attrs = {axis: number; scale: number};

/** The kernels of the two parts, one after the other: y and z. */
const inTwo = (call: Call): tf.Tensor[] =>
  tf.tidy(() => {
    const {negative, positive} = call.inputs;
    const z = walshHadamard(call) as tf.Tensor;
    return [reluPair({...call, inputs: {x: z, negative, positive}, attrs: unitsOf(z, call)}) as tf.Tensor, z];
  });

const backInTwo: KernelFunction = (call) =>
  tf.tidy(() => {
    const {z, signs, negative, positive, dy} = call.inputs;
    const pair = {...call, inputs: {x: z, negative, positive, dy}, attrs: unitsOf(z as tf.Tensor, call)};
    const [dz, ...dslopes] = reluPairGradient(pair) as tf.Tensor[];
    const back = {...call, inputs: {x: dz, signs}, attrs: {...call.attrs, transposed: true}};
    return [walshHadamard(back) as tf.Tensor, ...dslopes];
  });

function unitsOf({shape}: tf.Tensor, {attrs}: Call): {units: number; inner: number} {
  const {axis} = attrs as unknown as Attrs;
  return {units: shape[axis], inner: tf.util.sizeFromShape(shape.slice(axis + 1))};
}

const vectors = ['signs', 'negative', 'positive'];
const attributes = {axis: 'INT', scale: 'FLOAT'} as const;
const forward = {inputs: ['x', ...vectors, 'offset'], attributes: {...attributes, ...expansion}};

export const WHTReLUPair = customOp('WHTReLUPair', {...forward, outputs: 1}, (call) => tf.tidy(() => inTwo(call)[0]));
export const WHTReLUPairForward = customOp('WHTReLUPairForward', {...forward, outputs: 2}, inTwo);
export const WHTReLUPairBackward = customOp(
  'WHTReLUPairBackward',
  {inputs: ['z', ...vectors, 'dy'], attributes, outputs: 3},
  backInTwo,
);
