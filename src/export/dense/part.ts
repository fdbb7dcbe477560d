import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import type {ActivationIdentifier, Shape} from '../../tfjs_internals';

/** A standard layer and the values of its weights, of which it makes its own variables. */
export interface Part {
  layer: tf.layers.Layer;
  weights: tf.Tensor[];
}

/** The standard layers that do what one layer does to inputs of a shape; `convert` is for a layer or model inside of it. */
export type Converter<L extends tf.layers.Layer> = (
  layer: L,
  inputShape: Shape,
  convert: (inner: tf.layers.Layer, inputShape: Shape) => Part[],
) => Part[];

/** y = x kernel + bias. */
export interface Affine {
  kernel: tf.Tensor2D;
  bias: tf.Tensor1D;
}

/** 4096 x 4096: 64 MB, and as many multiply-adds per sample. */
const MAX_ENTRIES = 2 ** 24;

/** Refuses a kernel that would be too large, before it is made. */
export function requireKernelSize(inputs: number, units: number, layer: tf.layers.Layer): void {
  if (inputs * units > MAX_ENTRIES) {
    fail(
      `toDense, layer ${layer.name}`,
      `a dense kernel must have at most 2^24 = ${MAX_ENTRIES} numbers`,
      `${inputs} x ${units} = ${inputs * units}`,
      'Make the layer narrower, or keep it: the model runs wherever tfjs-piecewise is imported.',
    );
  }
}

export function densePart(name: string, {kernel, bias}: Affine, activation?: ActivationIdentifier): Part {
  const layer = tf.layers.dense({units: kernel.shape[1], activation, kernelInitializer: 'zeros', name});
  // A sum has data of its own: wasm takes the shape of a bias from its data, which tf.reshape shares.
  return {layer, weights: [kernel, tf.add(bias, 0)]};
}

/** First `first`, then `second`, as one. */
export function composed(first: Affine, second: Affine): Affine {
  const bias = tf.matMul(tf.reshape(first.bias, [1, -1]), second.kernel);
  return {
    kernel: tf.matMul(first.kernel, second.kernel),
    bias: tf.add(tf.reshape(bias, [-1]), second.bias),
  };
}
