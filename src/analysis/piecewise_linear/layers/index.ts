import {type LayerCall, type LayerReader, refuse} from '../layer_call';
import type {Step} from '../steps';
import {activation, leakyReLU, prelu, relu, softmax} from './activation';
import {batchNormalization} from './batch_normalization';
import {blockDense, conv2d, dense} from './dense';
import {add, concatenate} from './merge';
import {averagePooling2d, globalAveragePooling2d, globalMaxPooling2d, maxPooling2d} from './pooling';
import {reluPair} from './relu_pair';
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
  AveragePooling2D: averagePooling2d,
  BatchNormalization: batchNormalization,
  BlockDense: blockDense,
  Concatenate: concatenate,
  Conv2D: conv2d,
  Dense: dense,
  Dropout: identity,
  Flatten: flatten,
  GaussianDropout: identity,
  GaussianNoise: identity,
  GlobalAveragePooling2D: globalAveragePooling2d,
  GlobalMaxPooling2D: globalMaxPooling2d,
  LeakyReLU: leakyReLU,
  MaxPooling2D: maxPooling2d,
  PReLU: prelu,
  ReLU: relu,
  ReLUPair: reluPair,
  RegionDense: regionDense,
  Reshape: identity,
  Softmax: softmax,
  TriangleWave: triangleWave,
  WHTProjection: whtProjection,
};

/** A layer as steps. */
export function stepsOf(call: LayerCall): Step[] {
  const view = READERS[call.className];
  return view ? view(call) : refuse(call, 'a layer', `Supported are ${Object.keys(READERS).join(', ')}.`);
}
