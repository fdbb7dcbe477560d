/** What converters read of a layer: its config and its weights. */

import type * as tf from '@tensorflow/tfjs';
import {weightName} from '../model_graph';

type LayerClass = tf.serialization.SerializableConstructor<tf.layers.Layer> & {
  fromConfig(cls: unknown, config: tf.serialization.ConfigDict): tf.layers.Layer;
};

/** The weights by the last part of their name. They stay the layer's. */
export function weightsOf(layer: tf.layers.Layer): {[name: string]: tf.Tensor} {
  return Object.fromEntries(layer.weights.map((weight) => [weightName(weight), weight.read()]));
}

/** A new layer of the same class, without the weights. */
export function copyOf<L extends tf.layers.Layer>(layer: L, changes: tf.serialization.ConfigDict = {}): L {
  const own = layer.constructor as LayerClass;
  // A config of our own: tfjs writes into those that it reads.
  const config = JSON.parse(JSON.stringify(layer.getConfig()));
  return own.fromConfig(own, {...config, ...changes}) as L;
}

/** What a layer would give for each x, with these weights and nothing else. */
export function probe(layer: tf.layers.Layer, weights: tf.Tensor[], ...xs: tf.Tensor[]): tf.Tensor[] {
  layer.apply(xs[0]); // builds it
  layer.setWeights(weights);
  const ys = xs.map((x) => layer.apply(x) as tf.Tensor);
  layer.dispose();
  return ys;
}
