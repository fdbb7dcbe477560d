/** A random layer of each class, for an input of a shape; null where none fits. */

import * as tf from '@tensorflow/tfjs';
import {layers as own} from 'tfjs-piecewise';
import type {Draw} from './draw';

type Layer = tf.layers.Layer;
type Make = (draw: Draw, shape: readonly number[]) => Layer | null;

const {layers} = tf;
/** Weights are given later: these are the quickest to make. */
const PLAIN = {kernelInitializer: 'zeros'} as const;
const SEPARATE = {depthwiseInitializer: 'zeros', pointwiseInitializer: 'zeros'} as const;

const activation = (draw: Draw) => draw.oneOf(['linear', 'relu', 'relu', 'relu6', 'hardSigmoid'] as const);
const biased = (draw: Draw) => ({useBias: draw.chance(0.7), activation: activation(draw)});
const affine = (draw: Draw) => ({...PLAIN, ...biased(draw)});
const pair = (draw: Draw) => ({
  seed: draw.integer(1, 1e6),
  parametricFraction: draw.oneOf([1, 1, 0.5]),
  fixedGain: draw.oneOf([1, 0.5, Math.SQRT2]),
});

/** Axes before the last that share their weights, or none. */
const shared = (draw: Draw, shape: readonly number[]) =>
  shape.length > 1 && draw.chance(0.7) ? shape.slice(1).map((_, i) => i + 1) : undefined;

const wave = (draw: Draw) => {
  const inputNorm = draw.oneOf(['none', 'clip', 'clip', 'fold'] as const);
  const scaling = draw.oneOf(['tied', 'tied', 'free', 'sawtooth', 'takagi'] as const);
  return {
    depth: draw.integer(1, 2),
    curvature: draw.oneOf(['convex', 'concave', 'dc', 'signed'] as const),
    scaling,
    inputNorm,
    scale: draw.oneOf(['a0a1', 'train', 0.25] as const),
    domain: draw.oneOf([
      [0, 1],
      [-1, 1],
      [-2, 3],
    ] as const),
    outside: inputNorm === 'none' ? draw.oneOf(['linear', 'clamp'] as const) : undefined,
    seed: draw.integer(1, 1e6),
  };
};

const onImages =
  (make: (draw: Draw, shape: readonly number[]) => Layer): Make =>
  (draw, shape) =>
    shape.length === 3 ? make(draw, shape) : null;
const onSequences =
  (make: (draw: Draw, shape: readonly number[]) => Layer): Make =>
  (draw, shape) =>
    shape.length === 2 ? make(draw, shape) : null;

/** Windows that fit into an image. */
function sliding(draw: Draw, shape: readonly number[], sizeName: string) {
  const size = shape.slice(0, -1).map((n) => draw.integer(1, Math.min(3, n)));
  const strides = draw.integer(1, 2);
  return {
    [sizeName]: size,
    strides: size.map(() => strides),
    padding: draw.oneOf(['same', 'valid'] as const),
  } as {kernelSize: number[]; poolSize: [number, number]; strides: [number, number]; padding: 'same' | 'valid'};
}

const recurrent = (draw: Draw) =>
  layers.simpleRNN({
    kernelInitializer: 'zeros',
    recurrentInitializer: 'zeros',
    units: draw.integer(1, 2),
    useBias: draw.chance(0.7),
    activation: draw.oneOf(['relu', 'relu', 'relu6', 'linear']),
    returnSequences: draw.chance(0.5),
    goBackwards: draw.chance(0.3),
  });

export const ONE_INPUT: {[className: string]: Make} = {
  Activation: (draw) => layers.activation({activation: draw.oneOf(['relu', 'relu6', 'hardSigmoid'])}),
  AlphaDropout: () => layers.alphaDropout({rate: 0.3}),
  AveragePooling1D: onSequences((draw, shape) => {
    const {poolSize, strides, padding} = sliding(draw, shape, 'poolSize');
    return layers.averagePooling1d({poolSize: poolSize[0], strides: strides[0], padding});
  }),
  AveragePooling2D: onImages((draw, shape) => layers.averagePooling2d(sliding(draw, shape, 'poolSize'))),
  BatchNormalization: (draw) => layers.batchNormalization({epsilon: 2 ** -10, scale: draw.chance(0.7)}),
  Bidirectional: onSequences((draw) =>
    layers.bidirectional({layer: recurrent(draw) as tf.RNN, mergeMode: draw.oneOf(['concat', 'sum', 'ave'])}),
  ),
  BlockDense: (draw, shape) => {
    const size = [4, 3, 2, 1].find((n) => shape[shape.length - 1] % n === 0);
    return own.blockDense({size, activation: activation(draw), useBias: draw.chance(0.7)});
  },
  Conv1D: onSequences((draw, shape) => {
    const {kernelSize, strides, padding} = sliding(draw, shape, 'kernelSize');
    return layers.conv1d({...affine(draw), filters: draw.integer(1, 3), kernelSize, strides: strides[0], padding});
  }),
  Conv2D: onImages((draw, shape) =>
    layers.conv2d({...affine(draw), filters: draw.integer(1, 3), ...sliding(draw, shape, 'kernelSize')}),
  ),
  Cropping2D: onImages((draw, [height, width]) => {
    const cut = (n: number): [number, number] =>
      n < 2
        ? [0, 0]
        : draw.oneOf([
            [1, 0],
            [0, 1],
            [0, 0],
          ]);
    return layers.cropping2D({cropping: [cut(height), cut(width)]});
  }),
  Dense: (draw) => layers.dense({...affine(draw), units: draw.integer(1, 8)}),
  DepthwiseConv2D: onImages((draw, shape) =>
    layers.depthwiseConv2d({
      ...biased(draw),
      depthwiseInitializer: 'zeros',
      ...sliding(draw, shape, 'kernelSize'),
      kernelSize: [1, 2][draw.integer(0, Number(Math.min(shape[0], shape[1]) > 1))],
      depthMultiplier: draw.integer(1, 2),
    }),
  ),
  Dropout: () => layers.dropout({rate: 0.3}),
  Flatten: (_, shape) => (shape.length > 1 ? layers.flatten() : null),
  GaussianDropout: () => layers.gaussianDropout({rate: 0.3}),
  GaussianNoise: () => layers.gaussianNoise({stddev: 0.3}),
  GlobalAveragePooling1D: onSequences(() => layers.globalAveragePooling1d()),
  GlobalAveragePooling2D: onImages(() => layers.globalAveragePooling2d({dataFormat: 'channelsLast'})),
  GlobalMaxPooling1D: onSequences(() => layers.globalMaxPooling1d()),
  GlobalMaxPooling2D: onImages(() => layers.globalMaxPooling2d({dataFormat: 'channelsLast'})),
  LeakyReLU: (draw) => layers.leakyReLU({alpha: draw.oneOf([0.3, 0.25, -1, 0.01])}),
  MaxPooling1D: onSequences((draw, shape) => {
    const {poolSize, strides, padding} = sliding(draw, shape, 'poolSize');
    return layers.maxPooling1d({poolSize: poolSize[0], strides: strides[0], padding});
  }),
  MaxPooling2D: onImages((draw, shape) => layers.maxPooling2d(sliding(draw, shape, 'poolSize'))),
  PReLU: (draw, shape) => layers.prelu({sharedAxes: shared(draw, shape)}),
  Permute: (draw, shape) => {
    const dims = shape.map((_, i) => i + 1);
    return shape.length < 2 ? null : layers.permute({dims: draw.chance(0.7) ? dims.reverse() : dims});
  },
  ReLU: (draw) => layers.reLU({maxValue: draw.oneOf([undefined, undefined, 6, 1, 0.5, 0])}),
  ReLUPair: (draw, shape) => own.reluPair({...pair(draw), sharedAxes: shared(draw, shape), useBias: draw.chance(0.4)}),
  RegionDense: (draw) =>
    own.regionDense({
      ...wave(draw),
      units: draw.integer(1, 2),
      subnets: draw.integer(1, 2),
      useBias: draw.chance(0.5),
      activation: draw.oneOf(['linear', 'relu']),
    }),
  RepeatVector: (_, shape) => (shape.length === 1 ? layers.repeatVector({n: 2}) : null),
  Rescaling: (draw) => layers.rescaling({scale: draw.oneOf([2, -0.5, 1 / 255]), offset: draw.oneOf([0, 0.5, -1])}),
  Reshape: (draw, shape) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const rows = [2, 3, 4, 5].filter((n) => size % n === 0);
    if (rows.length === 0) return null;
    const height = draw.oneOf(rows);
    return layers.reshape({targetShape: draw.chance(0.5) ? [height, size / height] : [height, size / height, 1]});
  },
  SeparableConv2D: onImages((draw, shape) =>
    layers.separableConv2d({
      ...SEPARATE,
      ...biased(draw),
      filters: draw.integer(1, 3),
      ...sliding(draw, shape, 'kernelSize'),
    }),
  ),
  SimpleRNN: onSequences(recurrent),
  SpatialDropout1D: onSequences(() => layers.spatialDropout1d({rate: 0.3})),
  TriangleWave: (draw) => own.triangleWave(wave(draw)),
  UpSampling2D: onImages((draw) =>
    layers.upSampling2d({
      size: draw.oneOf([
        [2, 1],
        [1, 2],
        [2, 2],
      ]),
    }),
  ),
  WHTProjection: (draw) =>
    own.whtProjection({
      units: draw.integer(2, 8),
      rounds: draw.integer(1, 2),
      seed: draw.integer(1, 1e6),
      trainableSigns: draw.chance(0.3),
      expand: draw.oneOf(['tile', 'pad']),
      contract: draw.oneOf(['subsample', 'head']),
      randomBias: draw.oneOf([0, 0.5, 1]),
      ...(draw.chance(0.3) ? {activation: own.reluPair(pair(draw))} : {activation: 'relu', useBias: draw.chance(0.5)}),
    }),
  ZeroPadding2D: onImages((draw) =>
    layers.zeroPadding2d({
      padding: [
        [draw.integer(0, 1), 1],
        [0, draw.integer(0, 1)],
      ],
    }),
  ),
};

/** Layers of two inputs of one shape. */
export const TWO_INPUTS: {[className: string]: (draw: Draw) => Layer} = {
  Add: () => layers.add(),
  Average: () => layers.average(),
  Concatenate: () => layers.concatenate(),
  Maximum: () => layers.maximum(),
  Minimum: () => layers.minimum(),
};
