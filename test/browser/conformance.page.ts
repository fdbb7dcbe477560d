import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {runKernel} from '../../src/engine';
import {KERNELS} from '../../src/ops/kernels';
import type {Row} from '../kernels/table';
import {decode, encode} from './float_bytes';

export {startBackend} from './start_backend';

export type Dtype = 'float32' | 'int32';

export interface Call {
  kernel: string;
  inputs: {[name: string]: {shape: number[]; dtype: Dtype; values: string}};
  attrs: Row['attrs'];
}

/** How an input comes to be where it is. */
const MAKE = {
  /** From values: its texture, if it needs one, is made by the kernel. */
  fresh: (values: Float32Array, shape: number[], dtype: Dtype) => tf.tensor(values, shape, dtype),
  /** A reshaped slice from the middle of a longer one. */
  view: (values: Float32Array, shape: number[], dtype: Dtype) =>
    tf.reshape(tf.slice(tf.tensor1d([7, 8, 9, ...values, 7], dtype), [3], [values.length]), shape),
  /** The output of another op, on webgl a texture of packed texels. */
  computed: (values: Float32Array, shape: number[], dtype: Dtype) =>
    tf.mul(tf.tensor(values, shape, dtype), tf.ones(shape, dtype)),
};

export type Origin = keyof typeof MAKE;

export interface How {
  origin: Origin;
  by: 'backend' | 'definition';
}

/** The outputs of a kernel, of the backend or by its definition, and how many tensors it left behind. */
export async function run({kernel, inputs, attrs}: Call, {origin, by}: How) {
  const before = tf.memory().numTensors;
  const outputs = tf.tidy(() => {
    const tensors = Object.entries(inputs).map(([name, {shape, dtype, values}]) => [
      name,
      MAKE[origin](decode(values), shape, dtype),
    ]);
    const definition = KERNELS.find(({name}) => name === kernel) as unknown as Row['kernel'];
    const named = Object.fromEntries(tensors);
    return [by === 'backend' ? runKernel(definition, named, attrs) : definition.forward(named, attrs)].flat();
  });
  const leaked = tf.memory().numTensors - before - outputs.length;
  const results = await Promise.all(
    outputs.map(async (y) => ({shape: y.shape, dtype: y.dtype, values: encode(await y.data<'float32'>())})),
  );
  tf.dispose(outputs);
  return {results, leaked};
}
