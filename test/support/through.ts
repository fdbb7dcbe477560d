import type * as tf from '@tensorflow/tfjs';

/** A value after some layers, one after the other. */
export const through = (x: tf.SymbolicTensor, ...layers: tf.layers.Layer[]): tf.SymbolicTensor =>
  layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
