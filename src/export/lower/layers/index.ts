import type * as tf from '@tensorflow/tfjs';
import {fail} from '../../../errors';
import type {Lowering} from '../layer_call';
import {activation, elu, leakyReLU, prelu, relu, softmax, thresholdedReLU} from './activation';
import {conv, conv1d, depthwiseConv2d, separableConv2d} from './convolution';
import {blockDense, dense} from './dense';
import {add, average, concatenate, maximum, minimum, multiply} from './merge';
import {batchNormalization, layerNormalization, rescaling} from './normalization';
import * as pooling from './pooling';
import {bidirectional, simpleRNN, timeDistributed} from './recurrent';
import {reluPair} from './relu_pair';
import {resizing} from './resizing';
import {cropping2d, flatten, identity, permute, repeatVector, reshape, upSampling2d, zeroPadding2d} from './shape';
import {transposedConv} from './transposed_convolution';
import {regionDense, triangleWave} from './waves';
import {whtProjection} from './wht_projection';

/** How each class of layers becomes standard operations. */
export const LOWERINGS: {[className: string]: Lowering} = {
  Activation: activation,
  Add: add,
  AlphaDropout: identity,
  Average: average,
  AveragePooling1D: pooling.averagePooling1d,
  AveragePooling2D: pooling.averagePooling,
  AveragePooling3D: pooling.averagePooling,
  BatchNormalization: batchNormalization,
  Bidirectional: bidirectional,
  BlockDense: blockDense,
  Concatenate: concatenate,
  Conv1D: conv1d,
  Conv2D: conv,
  Conv2DTranspose: transposedConv,
  Conv3D: conv,
  Conv3DTranspose: transposedConv,
  Cropping2D: cropping2d,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Dropout: identity,
  ELU: elu,
  Flatten: flatten,
  GaussianDropout: identity,
  GaussianNoise: identity,
  GlobalAveragePooling1D: pooling.globalAveragePooling1d,
  GlobalAveragePooling2D: pooling.globalAveragePooling2d,
  GlobalMaxPooling1D: pooling.globalMaxPooling1d,
  GlobalMaxPooling2D: pooling.globalMaxPooling2d,
  LayerNormalization: layerNormalization,
  LeakyReLU: leakyReLU,
  MaxPooling1D: pooling.maxPooling1d,
  MaxPooling2D: pooling.maxPooling,
  MaxPooling3D: pooling.maxPooling,
  Maximum: maximum,
  Minimum: minimum,
  Multiply: multiply,
  PReLU: prelu,
  Permute: permute,
  ReLU: relu,
  ReLUPair: reluPair,
  RegionDense: regionDense,
  RepeatVector: repeatVector,
  Rescaling: rescaling,
  Reshape: reshape,
  Resizing: resizing,
  SeparableConv2D: separableConv2d,
  SimpleRNN: simpleRNN,
  Softmax: softmax,
  SpatialDropout1D: identity,
  ThresholdedReLU: thresholdedReLU,
  TimeDistributed: timeDistributed,
  TriangleWave: triangleWave,
  UpSampling2D: upSampling2d,
  WHTProjection: whtProjection,
  ZeroPadding2D: zeroPadding2d,
};

/** @throws If the class of the layer is unknown. */
export function loweringOf(layer: tf.layers.Layer, who: string): Lowering {
  const className = layer.getClassName();
  if (Object.hasOwn(LOWERINGS, className)) return LOWERINGS[className];
  const expected = `the class must be one of ${Object.keys(LOWERINGS).join(', ')}`;
  fail(
    `${who}, layer ${layer.name}`,
    expected,
    className,
    'Export the layers before and after it, as models of their own.',
  );
}
