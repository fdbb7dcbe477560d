/** What each layer computes, read from its definition: shares nothing with the readers of src/analysis. */

import {activation, leakyReLU, pReLU, reLU, softmax} from './activation';
import type {Reader} from './call';
import {
  averagePooling,
  conv,
  cropping2d,
  depthwiseConv2d,
  globalAveragePooling,
  globalMaxPooling,
  maxPooling,
  permute,
  repeatVector,
  separableConv2d,
  upSampling2d,
  zeroPadding2d,
} from './images';
import {batchNormalization, blockDense, dense, reLUPair, rescaling, whtProjection} from './linear';
import {add, average, concatenate, maximum, minimum} from './merge';
import {bidirectional, simpleRNN} from './recurrent';
import {regionDense, triangleWave} from './waves';

const same: Reader = () => [];

export const READERS: {[className: string]: Reader} = {
  Activation: activation,
  Add: add,
  AlphaDropout: same,
  Average: average,
  AveragePooling1D: averagePooling,
  AveragePooling2D: averagePooling,
  BatchNormalization: batchNormalization,
  Bidirectional: bidirectional,
  BlockDense: blockDense,
  Concatenate: concatenate,
  Conv1D: conv,
  Conv2D: conv,
  Cropping2D: cropping2d,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Dropout: same,
  Flatten: same,
  GaussianDropout: same,
  GaussianNoise: same,
  GlobalAveragePooling1D: globalAveragePooling,
  GlobalAveragePooling2D: globalAveragePooling,
  GlobalMaxPooling1D: globalMaxPooling,
  GlobalMaxPooling2D: globalMaxPooling,
  LeakyReLU: leakyReLU,
  MaxPooling1D: maxPooling,
  MaxPooling2D: maxPooling,
  Maximum: maximum,
  Minimum: minimum,
  PReLU: pReLU,
  Permute: permute,
  ReLU: reLU,
  ReLUPair: reLUPair,
  RegionDense: regionDense,
  RepeatVector: repeatVector,
  Rescaling: rescaling,
  Reshape: same,
  SeparableConv2D: separableConv2d,
  SimpleRNN: simpleRNN,
  Softmax: softmax,
  SpatialDropout1D: same,
  TriangleWave: triangleWave,
  UpSampling2D: upSampling2d,
  WHTProjection: whtProjection,
  ZeroPadding2D: zeroPadding2d,
};
