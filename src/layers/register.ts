import * as tf from '@tensorflow/tfjs';
import * as layers from './index';

/** Makes all layers known to `tf.loadLayersModel`: an explicit call, because bundlers drop imports without a use. */
export function registerLayers(): void {
  for (const layer of [
    layers.BlockDense,
    layers.RegionDense,
    layers.ReLUPair,
    layers.TriangleWave,
    layers.WHTProjection,
  ])
    tf.serialization.registerClass(layer);
}
