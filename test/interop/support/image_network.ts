import * as tf from '@tensorflow/tfjs';
import {layers as ours} from 'tfjs-piecewise';
import {through} from '../../support/through';
import {disturb} from './every_layer';

/**
 * A network for images [12, 12, 1] that mixes channels in each way that it can: a transform with the pair in its kernel, with the pair
 * apart, to fewer and to more channels, learned, and around a shortcut.
 */
export function imageNetwork(): tf.LayersModel {
  const {layers} = tf;
  const {whtProjection, reluPair} = ours;
  const pair = () => reluPair({sharedAxes: [1, 2], initializer: 'uniform', seed: 9});
  const image = tf.input({shape: [12, 12, 1]});
  const stem = through(
    image,
    layers.zeroPadding2d({padding: 1}),
    layers.conv2d({filters: 8, kernelSize: 4, strides: 2, useBias: false}),
    layers.batchNormalization(),
    pair(),
  );
  const block = through(
    stem,
    layers.depthwiseConv2d({kernelSize: 3, padding: 'same', useBias: false}),
    layers.batchNormalization({trainable: false}),
    whtProjection({units: 8, seed: 1, randomBias: 0, activation: pair()}),
  );
  const added = layers.add().apply([stem, block]) as tf.SymbolicTensor;
  const y = through(
    added,
    layers.depthwiseConv2d({kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 2}),
    whtProjection({units: 12, seed: 2}),
    layers.batchNormalization(),
    pair(),
    layers.separableConv2d({filters: 6, kernelSize: 3, padding: 'same', useBias: false}),
    layers.reLU(),
    whtProjection({units: 16, seed: 3, useBias: true}),
    reluPair({sharedAxes: [1, 2], parametricFraction: 0.5, seed: 4}),
    layers.globalAveragePooling2d({}),
    layers.dense({units: 4}),
  );
  const model = tf.model({inputs: image, outputs: y});
  disturb(model);
  return model;
}
