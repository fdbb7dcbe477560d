/** The one file that touches what tfjs does not export. */

import * as tf from '@tensorflow/tfjs';

export type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;
export type Kwargs = Parameters<tf.layers.Layer['call']>[1];
export type Shape = tf.Shape;
export type LayerWeight = ReturnType<tf.layers.Layer['addWeight']>;
export type Initializer = ReturnType<typeof tf.initializers.zeros>;
/** A name such as 'glorotUniform', a config, or an object of tf.initializers. */
export type InitializerIdentifier = NonNullable<Parameters<typeof tf.layers.dense>[0]['kernelInitializer']>;
export type ActivationIdentifier = Parameters<typeof tf.layers.activation>[0]['activation'];

/** What a layer stores of an initializer or an activation. */
type Serialized = tf.serialization.ConfigDictValue;

/** An activation function by name, as the layers of tfjs resolve it. */
export function activationOf(identifier: ActivationIdentifier): {
  apply(x: tf.Tensor): tf.Tensor;
  config: Serialized;
} {
  // A layer of that activation, named so that it takes no number from the automatic names.
  const layer = tf.layers.activation({activation: identifier, name: 'activation_of'});
  return {apply: (x) => layer.call(x, {}) as tf.Tensor, config: layer.getConfig().activation};
}

/** An initializer by name, config or object, as the layers of tfjs resolve it. */
export function initializerOf(identifier: InitializerIdentifier): {initializer: Initializer; config: Serialized} {
  const layer = tf.layers.dense({units: 1, kernelInitializer: identifier, name: 'initializer_of'});
  const {kernelInitializer} = layer as unknown as {kernelInitializer: Initializer};
  return {initializer: kernelInitializer, config: layer.getConfig().kernelInitializer};
}

/** An initializer from a function of the shape, for weights whose start is not the user's choice. */
export function initializerFrom(apply: (shape: number[]) => tf.Tensor): Initializer {
  return {apply: (shape: Shape) => tf.tidy(() => apply(shape as number[]))} as unknown as Initializer;
}

/** The tensor of a layer that takes one. */
export function oneTensor(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? inputs[0] : inputs;
}

/** The shape of a layer that takes one input. */
export function oneShape(shape: Shape | Shape[]): Shape {
  return (Array.isArray(shape[0]) ? shape[0] : shape) as Shape;
}
