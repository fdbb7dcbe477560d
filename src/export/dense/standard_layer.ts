import type * as tf from '@tensorflow/tfjs';
import {copyOf} from '../source';
import type {Converter} from './part';

/** The layers of tfjs that hold no other layer, by class name. */
export const STANDARD_LAYERS = [
  ...['Add', 'Average', 'Concatenate', 'Dot', 'Maximum', 'Minimum', 'Multiply'],
  ...['Dense', 'Activation', 'Dropout', 'Flatten', 'Reshape', 'Permute', 'RepeatVector', 'Masking', 'Embedding'],
  ...['ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax'],
  ...['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Conv3DTranspose', 'SeparableConv2D', 'DepthwiseConv2D'],
  ...['MaxPooling1D', 'MaxPooling2D', 'MaxPooling3D', 'AveragePooling1D', 'AveragePooling2D', 'AveragePooling3D'],
  ...['GlobalMaxPooling1D', 'GlobalMaxPooling2D', 'GlobalAveragePooling1D', 'GlobalAveragePooling2D'],
  ...['BatchNormalization', 'LayerNormalization', 'Rescaling', 'ZeroPadding2D', 'Cropping2D', 'UpSampling2D'],
  ...['SpatialDropout1D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'SimpleRNN', 'GRU', 'LSTM'],
];

/** The same layer again, with a copy of its weights. */
export const copyStandard: Converter<tf.layers.Layer> = (layer) => {
  const {depthMultiplier} = layer as tf.layers.Layer & {depthMultiplier?: number};
  // The config of a separable convolution lacks it.
  const changes: tf.serialization.ConfigDict = depthMultiplier === undefined ? {} : {depthMultiplier};
  // tfjs lists weights that are frozen one by one after the others: in the copy they stand as they were made.
  const weights = [...layer.weights].sort((a, b) => a.id - b.id).map((weight) => weight.read());
  return [{layer: copyOf(layer, changes), weights}];
};
