import {type LayerCall, type LayerReader, refuse} from '../layer_call';
import type {Step} from '../steps';
import {activation, leakyReLU, prelu, relu, softmax} from './activation';
import {batchNormalization} from './batch_normalization';
import {conv, depthwiseConv2d, separableConv2d} from './convolution';
import {blockDense, dense} from './dense';
import {add, average, concatenate, maximum, minimum} from './merge';
import {averagePooling, globalAveragePooling, globalMaxPooling, maxPooling} from './pooling';
import {reluPair} from './relu_pair';
import {cropping2d, permute, repeatVector, rescaling, upSampling2d, zeroPadding2d} from './shape';
import {regionDense, triangleWave} from './waves';
import {whtProjection} from './wht_projection';

/** Values stay what and where they are. */
const identity: LayerReader = () => [];

const flatten: LayerReader = (call) =>
  call.config.dataFormat === 'channelsFirst'
    ? refuse(call, "dataFormat 'channelsFirst'", "Only 'channelsLast' is supported.")
    : [];

/** What each class of layers answers. */
const READERS: {[className: string]: LayerReader} = {
  Activation: activation,
  Add: add,
  AlphaDropout: identity,
  Average: average,
  AveragePooling1D: averagePooling,
  AveragePooling2D: averagePooling,
  AveragePooling3D: averagePooling,
  BatchNormalization: batchNormalization,
  BlockDense: blockDense,
  Concatenate: concatenate,
  Conv1D: conv,
  Conv2D: conv,
  Conv3D: conv,
  Cropping2D: cropping2d,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Dropout: identity,
  Flatten: flatten,
  GaussianDropout: identity,
  GaussianNoise: identity,
  GlobalAveragePooling1D: globalAveragePooling,
  GlobalAveragePooling2D: globalAveragePooling,
  GlobalMaxPooling1D: globalMaxPooling,
  GlobalMaxPooling2D: globalMaxPooling,
  LeakyReLU: leakyReLU,
  MaxPooling1D: maxPooling,
  MaxPooling2D: maxPooling,
  MaxPooling3D: maxPooling,
  Maximum: maximum,
  Minimum: minimum,
  PReLU: prelu,
  Permute: permute,
  ReLU: relu,
  ReLUPair: reluPair,
  RegionDense: regionDense,
  RepeatVector: repeatVector,
  Rescaling: rescaling,
  Reshape: identity,
  SeparableConv2D: separableConv2d,
  Softmax: softmax,
  SpatialDropout1D: identity,
  TriangleWave: triangleWave,
  UpSampling2D: upSampling2d,
  WHTProjection: whtProjection,
  ZeroPadding2D: zeroPadding2d,
};

/** A layer as steps. */
export function stepsOf(call: LayerCall): Step[] {
  const reader = READERS[call.className];
  return reader ? reader(call) : refuse(call, 'a layer', `Supported are ${Object.keys(READERS).join(', ')}.`);
}
