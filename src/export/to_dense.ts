import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {convertBlockDense} from './block_dense';
import {chainOf, type Link} from './chain';
import type {Converter, Part} from './part';
import {convertRegionDense} from './region_dense';
import {convertReLUPair} from './relu_pair';
import {copyStandard, STANDARD_LAYERS} from './standard_layer';
import {convertTriangleWave} from './triangle_wave';
import {convertWHTProjection} from './wht_projection';

const CONVERTERS = {
  BlockDense: convertBlockDense,
  RegionDense: convertRegionDense,
  ReLUPair: convertReLUPair,
  TriangleWave: convertTriangleWave,
  WHTProjection: convertWHTProjection,
  ...Object.fromEntries(STANDARD_LAYERS.map((className) => [className, copyStandard])),
} as unknown as {[className: string]: Converter<tf.layers.Layer>};

/**
 * A new model of standard TensorFlow.js layers with the same outputs: for free training, and for programs without this
 * package.
 *
 * A triangle wave becomes `depth` dense ReLU layers with 4 units a channel (a first one of 5 with inputNorm 'clip', all of
 * 6 with 'none'; twice as many with curvature 'dc'), `regionDense` the same between its linear maps, `blockDense` and
 * `whtProjection` a dense layer, `reluPair` two ReLUs a unit; standard layers are copied. All weights can be trained, and then the number of regions is no longer fixed.
 * Outputs agree to 1e-6 of their size. The new names start with those of the layers.
 *
 * Dense kernels pay for zeros: 16 channels^2 per hidden layer of a wave, units^2 of a projection or a ReLU pair.
 *
 * @param model A built model that is a chain: `tf.sequential`, nested or not, or a functional model without branches.
 * @returns A model that is not compiled: compile it with a new optimizer. It shares no variable with `model`.
 * @throws If a layer is unknown, has more than one input, or would get a kernel of more than 2^24 numbers, with its name.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, inputShape: [1]})]});
 * const dense = pw.exporters.toDense(model);
 * dense.compile({optimizer: tf.train.adam(1e-3, 0.9, 0.999, 1e-8), loss: 'meanSquaredError'});
 */
export function toDense(model: tf.LayersModel): tf.Sequential {
  if (!(model instanceof tf.LayersModel)) {
    fail('toDense', 'model must be a tf.LayersModel', model, 'Pass what tf.sequential or tf.model returns.');
  }
  if (!model.outputs?.length) {
    fail('toDense', 'the model must have layers', 'none', 'Add some.');
  }
  const dense = tf.sequential();
  // The model is not returned through tidy, which would search all of it for tensors.
  tf.tidy(() => {
    for (const {layer, weights} of partsOf(model)) {
      if (dense.layers.length === 0) layer.batchInputShape = model.inputs[0].shape;
      dense.add(layer);
      layer.setWeights(weights);
    }
  });
  return dense;
}

function partsOf(model: tf.LayersModel): Part[] {
  return chainOf(model).flatMap(({layer, inputShape}: Link) => {
    if (layer instanceof tf.LayersModel) return partsOf(layer);
    const className = layer.getClassName();
    if (!Object.hasOwn(CONVERTERS, className)) {
      fail(
        `toDense, layer ${layer.name}`,
        'the class must be one of tfjs-piecewise, or a layer of tfjs with one input',
        className,
        'Convert the layers before and behind it, as models of their own.',
      );
    }
    return CONVERTERS[className](layer, inputShape);
  });
}
