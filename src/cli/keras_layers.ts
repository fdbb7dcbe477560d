import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {STANDARD_LAYERS} from '../export/dense/standard_layer';
import {callsOf} from '../model_graph';

/** Layers of tfjs that the Keras bridge does not read. */
const KERAS_LACKS = ['Conv3DTranspose', 'ThresholdedReLU'];

/** What the Keras bridge reads. */
export const KERAS_LAYERS: readonly string[] = [
  ...['BlockDense', 'RegionDense', 'ReLUPair', 'TriangleWave', 'WHTProjection'],
  ...STANDARD_LAYERS.filter((className) => !KERAS_LACKS.includes(className)),
];

/** @throws If the Keras bridge would refuse a layer for its class, with its name. */
export function requireKerasLayers(model: tf.LayersModel): void {
  for (const {layer} of callsOf(model, 'export').calls) {
    const className = layer.getClassName();
    if (KERAS_LAYERS.includes(className)) continue;
    const expected = `the class must be one of ${[...KERAS_LAYERS].sort().join(', ')}`;
    const fix = 'Export it as standard layers (--to dense), or to ONNX.';
    fail(`export --to keras, layer ${layer.name}`, expected, className, fix);
  }
}
