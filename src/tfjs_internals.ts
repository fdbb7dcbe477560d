/** The one file that touches what tfjs does not export. */

import * as tf from '@tensorflow/tfjs';
import {fail, meant, requireOneOf} from './errors';

export type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;
export type Kwargs = Parameters<tf.layers.Layer['call']>[1];
export type Shape = tf.Shape;
export type LayerWeight = ReturnType<tf.layers.Layer['addWeight']>;
export type Initializer = ReturnType<typeof tf.initializers.zeros>;
/** The base class of initializers: layers take no object for one that is not its instance. */
export const Initializer: (abstract new () => Initializer) & Pick<typeof tf.serialization.Serializable, 'fromConfig'> =
  /* @__PURE__ */ Object.getPrototypeOf(/* @__PURE__ */ tf.initializers.zeros().constructor);
/** A name such as 'glorotUniform', a config, or an object of tf.initializers. */
export type InitializerIdentifier = NonNullable<Parameters<typeof tf.layers.dense>[0]['kernelInitializer']>;
export type ActivationIdentifier = Parameters<typeof tf.layers.activation>[0]['activation'];

/** A dense layer of tfjs. */
export interface DenseLayer extends tf.layers.Layer {
  readonly kernel: LayerWeight;
  readonly bias: LayerWeight | null;
  readonly activation: {apply(x: tf.Tensor): tf.Tensor; getClassName(): string};
}
type DenseClass = {new (args: Parameters<typeof tf.layers.dense>[0]): DenseLayer; className: string};
/** The class that `tf.layers.dense` makes. */
export const DenseLayer: DenseClass = /* @__PURE__ */ classOf<DenseClass>(
  /* @__PURE__ */ tf.layers.dense({units: 1, name: 'class_of'}),
);

function classOf<C>(layer: tf.layers.Layer): C {
  return layer.constructor as unknown as C;
}

/** What a layer stores of an initializer or an activation. */
type Serialized = tf.serialization.ConfigDictValue;

/** The activations of tfjs. */
const ACTIVATIONS = [
  ...['elu', 'gelu', 'gelu_new', 'hardSigmoid', 'linear', 'logSoftmax', 'mish', 'relu', 'relu6', 'selu', 'sigmoid'],
  ...['softmax', 'softplus', 'softsign', 'swish', 'tanh'],
];

/** An activation function by name, as the layers of tfjs resolve it; `more` are names that the caller knows besides. */
export function activationOf(
  identifier: ActivationIdentifier,
  who: string,
  more: string[] = [],
): {apply(x: tf.Tensor): tf.Tensor; config: Serialized} {
  let layer: tf.layers.Layer | undefined;
  try {
    // A layer of that activation, named so that it takes no number from the automatic names.
    layer = tf.layers.activation({activation: identifier, name: 'activation_of'});
  } catch {}
  // A layer by its class name would be one: its weights nobody would train, count or save.
  if (!layer || (layer as {activation?: unknown}).activation instanceof tf.layers.Layer) {
    const known = [...ACTIVATIONS, ...more];
    const fix = typeof identifier === 'string' ? meant(identifier, known) : null;
    const expected = `activation must be one of ${known.join(', ')}`;
    fail(who, expected, identifier, fix ?? 'Put another layer after this one.');
  }
  const resolved = layer;
  return {apply: (x) => resolved.call(x, {}) as tf.Tensor, config: resolved.getConfig().activation};
}

export interface ResolvedInitializer {
  readonly initializer: Initializer;
  readonly config: Serialized;
}

/** Refuses a name that tfjs does not know: its own error speaks of Python and of registration. */
export function requireInitializer(identifier: unknown, who: string, own: readonly string[] = []): void {
  if (typeof identifier !== 'string') return;
  if (Object.hasOwn(tf.serialization.SerializationMap.getMap().classNameMap, identifier)) return;
  requireOneOf(identifier, 'an initializer', who, [...own, ...Object.keys(tf.initializers)]);
}

/**
 * An initializer by name, config or object, as the layers of tfjs resolve it. A second `use` of one with a seed draws
 * other numbers, where the same object would draw the same ones again.
 */
export function initializerOf(identifier: InitializerIdentifier, who: string, use = 0): ResolvedInitializer {
  requireInitializer(identifier, who);
  const layer = tf.layers.dense({units: 1, kernelInitializer: identifier, name: 'initializer_of'});
  // A fresh copy each time: tfjs writes into the configs that it reads.
  const config = () => layer.getConfig().kernelInitializer as tf.serialization.ConfigDict;
  const numbers = (config()?.config ?? {}) as tf.serialization.ConfigDict;
  for (const [key, value] of Object.entries(numbers)) {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      fail(who, `${key} of the initializer must be a finite number`, value, 'A NaN would spread to every output.');
    }
  }
  let {kernelInitializer} = layer as unknown as {kernelInitializer: Initializer};
  if (use > 0 && typeof numbers.seed === 'number') {
    const other = {...config(), config: {...numbers, seed: numbers.seed + use}} as unknown as InitializerIdentifier;
    kernelInitializer = initializerOf(other, who).initializer;
  }
  return {
    initializer: kernelInitializer,
    get config() {
      return config();
    },
  };
}

/** An initializer from a function of the shape, for weights whose start is not the user's choice. */
export function initializerFrom(apply: (shape: number[]) => tf.Tensor): Initializer {
  return {apply: (shape: Shape) => tf.tidy(() => apply(shape as number[]))} as unknown as Initializer;
}

/** The float32 tensor of a layer that takes one. */
export function oneTensor(inputs: tf.Tensor | tf.Tensor[], layer: tf.layers.Layer): tf.Tensor {
  const x = Array.isArray(inputs) ? inputs[0] : inputs;
  if (!x.dataId) {
    const received = 'a SymbolicTensor of another copy of TensorFlow.js';
    fail(
      `layer ${layer.name}`,
      'the input must be a tensor',
      received,
      'Have one copy: npm ls @tensorflow/tfjs-layers.',
    );
  }
  if (x.dtype !== 'float32') {
    fail(`layer ${layer.name}`, 'the input must be of dtype float32', x.dtype, 'Convert the data first: x.toFloat().');
  }
  return x;
}

/** The shape of a layer that takes one input. */
export function oneShape(shape: Shape | Shape[]): Shape {
  return (Array.isArray(shape[0]) ? shape[0] : shape) as Shape;
}

/** The layer that a wrapper such as `tf.layers.timeDistributed` applies. */
export const oneLayerInside = (wrapper: tf.layers.Layer): tf.layers.Layer =>
  (wrapper as unknown as {layer: tf.layers.Layer}).layer;

/** The layers that `tf.layers.bidirectional` made of the one that it was given. */
export function twoLayersInside(wrapper: tf.layers.Layer): {forward: tf.layers.Layer; backward: tf.layers.Layer} {
  const {forwardLayer, backwardLayer} = wrapper as unknown as Record<string, tf.layers.Layer>;
  return {forward: forwardLayer, backward: backwardLayer};
}
