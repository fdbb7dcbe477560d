import * as tf from '@tensorflow/tfjs';

let inUse: tf.layers.Layer[] = [];

/** A layer built for inputs of that shape. */
export function used<L extends tf.layers.Layer>(layer: L, inputShape: number[]): L {
  layer.apply(tf.input({shape: inputShape}));
  inUse.push(layer);
  return layer;
}

/** Disposes what `used` built, after each test of the calling `describe`. */
export function disposeUsed(): void {
  afterEach(() => {
    for (const layer of inUse) layer.dispose();
    inUse = [];
  });
}
