import {selection} from '../affine';
import {type LayerCall, type LayerReader, refuse, sizeOf} from '../layer_call';
import {repeated} from '../repeated';
import type {Step} from '../steps';
import {activation, leakyReLU, prelu, relu, softmax} from './activation';
import {batchNormalization} from './batch_normalization';
import {conv, convTranspose, depthwiseConv2d, separableConv2d} from './convolution';
import {blockDense, dense} from './dense';
import {add, average, concatenate, maximum, minimum} from './merge';
import {averagePooling, globalAveragePooling, globalMaxPooling, maxPooling} from './pooling';
import {bidirectional, simpleRNN} from './recurrent';
import {reluPair} from './relu_pair';
import {cropping2d, permute, repeatVector, rescaling, upSampling2d, zeroPadding2d} from './shape';
import {regionDense, triangleWave} from './waves';
import {whtProjection} from './wht_projection';

/** Values stay what and where they are. */
const identity: LayerReader = () => [];

/** The layer in it, on each step of time. */
const timeDistributed: LayerReader = (call) => {
  const {className, config} = call.config.layer as {className: string; config: LayerCall['config']};
  const [[times, ...inputShape]] = call.inputShapes;
  const inner = {...call, className, config, inputShapes: [inputShape], outputShape: call.outputShape.slice(1)};
  return stepsOf(inner).map((step) => repeated(step, times));
};

/** What each class of layers answers. */
export const READERS: {[className: string]: LayerReader} = {
  Activation: activation,
  Add: add,
  AlphaDropout: identity,
  Average: average,
  AveragePooling1D: averagePooling,
  AveragePooling2D: averagePooling,
  AveragePooling3D: averagePooling,
  BatchNormalization: batchNormalization,
  Bidirectional: bidirectional,
  BlockDense: blockDense,
  Concatenate: concatenate,
  Conv1D: conv,
  Conv2D: conv,
  Conv2DTranspose: convTranspose,
  Conv3D: conv,
  Conv3DTranspose: convTranspose,
  Cropping2D: cropping2d,
  Dense: dense,
  DepthwiseConv2D: depthwiseConv2d,
  Dropout: identity,
  Flatten: identity,
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
  SimpleRNN: simpleRNN,
  Softmax: softmax,
  SpatialDropout1D: identity,
  TimeDistributed: timeDistributed,
  TriangleWave: triangleWave,
  UpSampling2D: upSampling2d,
  WHTProjection: whtProjection,
  ZeroPadding2D: zeroPadding2d,
};

const resizing: LayerReader = (call) =>
  refuse(
    call,
    'one that TensorFlow.js 4.22 runs in no model, a layer',
    'Resize the data before the model with tf.image.resizeBilinear, or use upSampling2d or averagePooling2d.',
  );

/** Layers that would be piecewise linear, but stay out of the table of those that are read. */
const REFUSALS: {[className: string]: LayerReader} = {Resizing: resizing};

/** A layer as steps. */
export function stepsOf(call: LayerCall): Step[] {
  const reader = READERS[call.className] ?? REFUSALS[call.className];
  if (reader && call.config.dataFormat === 'channelsFirst') return withChannelsLast(reader, call);
  return reader ? reader(call) : refuse(call, 'a layer', `Supported are ${Object.keys(READERS).join(', ')}.`);
}

/** A layer whose channels come first, with them last and back again. */
function withChannelsLast(reader: LayerReader, call: LayerCall): Step[] {
  const [shape] = call.inputShapes;
  const {outputShape} = call;
  const last = ([channels, ...sizes]: readonly number[]) => [...sizes, channels];
  const isVolume = outputShape.length === shape.length;
  const inner = {
    ...call,
    config: {...call.config, dataFormat: 'channelsLast'},
    inputShapes: [last(shape)],
    outputShape: isVolume ? last(outputShape) : outputShape,
  };
  const steps = [transposition(shape[0], sizeOf(shape) / shape[0]), ...reader(inner)];
  return isVolume ? [...steps, transposition(sizeOf(outputShape) / outputShape[0], outputShape[0])] : steps;
}

/** A matrix [rows, columns] turned to [columns, rows]. */
function transposition(rows: number, columns: number): Step {
  const places = Int32Array.from({length: rows * columns}, (_, k) => (k % rows) * columns + Math.floor(k / rows));
  return selection(places, rows * columns);
}
