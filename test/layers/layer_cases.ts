import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {WAVE_ROWS} from './wave_rows';

/** A layer in one configuration, and what is true of it. */
export interface Row {
  title: string;
  /** `inputShape` as the first layer of a model, nothing as a later one. */
  make(args?: {inputShape?: (number | null)[]; name?: string}): tf.layers.Layer;
  inputShape: number[];
  outputShape: number[];
  /** Names and shapes of all weights, trainable ones first. */
  weights: {[name: string]: number[]};
}

const {whtProjection, reluPair} = layers;

export const ROWS: Row[] = [
  {
    title: 'whtProjection({units: 8})',
    make: (args) => whtProjection({units: 8, ...args}),
    inputShape: [8],
    outputShape: [8],
    weights: {},
  },
  {
    title: 'whtProjection to fewer units than inputs, on the sphere',
    make: (args) => whtProjection({units: 3, seed: 7, inputNorm: 'sphere', ...args}),
    inputShape: [2, 10],
    outputShape: [2, 3],
    weights: {},
  },
  {
    title: 'whtProjection by padding, two rounds and the first outputs',
    make: (args) => whtProjection({units: 20, rounds: 2, expand: 'pad', contract: 'head', ...args}),
    inputShape: [5],
    outputShape: [20],
    weights: {},
  },
  {
    title: 'whtProjection without a random bias',
    make: (args) => whtProjection({units: 8, randomBias: 0, ...args}),
    inputShape: [5],
    outputShape: [8],
    weights: {},
  },
  {
    title: 'whtProjection of axis 1',
    make: (args) => whtProjection({units: 6, axis: 1, useBias: true, ...args}),
    inputShape: [4, 3],
    outputShape: [6, 3],
    weights: {bias: [6]},
  },
  {
    title: 'whtProjection with trainable signs, bias and activation',
    make: (args) =>
      whtProjection({units: 6, rounds: 2, trainableSigns: true, useBias: true, activation: 'tanh', ...args}),
    inputShape: [5],
    outputShape: [6],
    weights: {signs: [2, 8], bias: [6]},
  },
  {
    title: 'whtProjection over the channels of images, with a pair that positions share',
    make: (args) => whtProjection({units: 8, seed: 1, activation: reluPair({sharedAxes: [1, 2]}), ...args}),
    inputShape: [3, 2, 8],
    outputShape: [3, 2, 8],
    weights: {negative: [1, 1, 8], positive: [1, 1, 8]},
  },
  {
    title: "whtProjection with activation 'reluPair'",
    make: (args) => whtProjection({units: 8, rounds: 2, activation: 'reluPair', ...args}),
    inputShape: [5],
    outputShape: [8],
    weights: {negative: [8], positive: [8]},
  },
  {
    title: 'whtProjection with a reluPair of its own, after a selection and a bias',
    make: (args) => {
      const activation = reluPair({parametricFraction: 0.5, seed: 3});
      return whtProjection({units: 6, seed: 1, trainableSigns: true, useBias: true, activation, ...args});
    },
    inputShape: [7],
    outputShape: [6],
    weights: {signs: [1, 8], bias: [6], negative: [3], positive: [3]},
  },
  {
    title: 'reluPair()',
    make: (args) => reluPair(args),
    inputShape: [4, 6],
    outputShape: [4, 6],
    weights: {negative: [4, 6], positive: [4, 6]},
  },
  {
    title: 'reluPair with slopes shared along two axes, and a bias',
    make: (args) => reluPair({sharedAxes: [1, 2], initializer: 'uniform', useBias: true, ...args}),
    inputShape: [2, 3, 4],
    outputShape: [2, 3, 4],
    weights: {negative: [1, 1, 4], positive: [1, 1, 4], bias: [1, 1, 4]},
  },
  {
    title: 'reluPair with a quarter of its units trainable',
    make: (args) => reluPair({parametricFraction: 0.25, seed: 3, fixedGain: Math.SQRT2, initializer: 'relu', ...args}),
    inputShape: [8],
    outputShape: [8],
    weights: {negative: [2], positive: [2]},
  },
  {
    title: 'reluPair with no unit trainable',
    make: (args) => reluPair({parametricFraction: 0, ...args}),
    inputShape: [8],
    outputShape: [8],
    weights: {},
  },
  {
    title: 'reluPair with an initializer of tfjs',
    make: (args) => reluPair({sharedAxes: 1, initializer: tf.initializers.constant({value: 0.5}), ...args}),
    inputShape: [3, 2],
    outputShape: [3, 2],
    weights: {negative: [1, 2], positive: [1, 2]},
  },
  {
    title: 'dense, of which tfjs has a slower one',
    make: (args) => layers.dense({units: 3, activation: 'tanh', ...args} as layers.DenseArgs),
    inputShape: [2, 5],
    outputShape: [2, 3],
    weights: {kernel: [5, 3], bias: [3]},
  },
  {
    title: 'dense without a bias',
    make: (args) => layers.dense({units: 3, useBias: false, ...args} as layers.DenseArgs),
    inputShape: [5],
    outputShape: [3],
    weights: {kernel: [5, 3]},
  },
  ...WAVE_ROWS,
];
