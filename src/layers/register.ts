import * as tf from '@tensorflow/tfjs';
import {BlockDense} from './block_dense';
import {RegionDense} from './region_dense';
import {ReLUPair} from './relu_pair';
import {TriangleWave} from './triangle_wave';
import {WHTProjection} from './wht_projection';

/** Makes all layers known to `tf.loadLayersModel`: an explicit call, because bundlers drop imports without a use. */
export function registerLayers(): void {
  for (const layer of [BlockDense, RegionDense, ReLUPair, TriangleWave, WHTProjection])
    tf.serialization.registerClass(layer);
}
