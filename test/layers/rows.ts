import * as tf from '@tensorflow/tfjs';
import {initializers, layers} from 'tfjs-piecewise';

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

const {whtProjection, reluPair, triangleWave, regionDense, blockDense, square, sawtooth, product} = layers;

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
    title: "whtProjection with activation 'reluPair'",
    make: (args) => whtProjection({units: 8, rounds: 2, activation: 'reluPair', ...args}),
    inputShape: [5],
    outputShape: [8],
    weights: {negative: [8], positive: [8]},
  },
  {
    title: 'whtProjection with a reluPair of its own, behind a selection and a bias',
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
    title: 'triangleWave()',
    make: (args) => triangleWave(args),
    inputShape: [1],
    outputShape: [1],
    weights: {peaks: [1, 6], slope: [1], intercept: [1]},
  },
  {
    title: 'triangleWave, concave, of trainable scale',
    make: (args) =>
      triangleWave({
        depth: 3,
        curvature: 'concave',
        scale: 'train',
        peakInitializer: tf.initializers.randomUniform({minval: 0.4, maxval: 0.6, seed: 2}),
        ...args,
      }),
    inputShape: [2, 4],
    outputShape: [2, 4],
    weights: {peaks: [4, 4], slope: [4], intercept: [4], fraction: [4]},
  },
  {
    title: 'triangleWave on a fixed base line',
    make: (args) =>
      triangleWave({depth: 1, inputNorm: 'sigmoid', base: {slope: -2, trainable: false}, peakGain: 8, ...args}),
    inputShape: [3],
    outputShape: [3],
    weights: {peaks: [3, 2], slope: [3], intercept: [3]},
  },
  {
    title: 'triangleWave, free, a difference of convex functions on a domain',
    make: (args) =>
      triangleWave({
        depth: 3,
        scaling: 'free',
        curvature: 'dc',
        domain: [-1, 1],
        outside: 'clamp',
        inputNorm: 'none',
        ...args,
      }),
    inputShape: [2],
    outputShape: [2],
    weights: {
      convex_peaks: [2, 3],
      convex_scales: [2, 2],
      concave_peaks: [2, 3],
      concave_scales: [2, 2],
      slope: [2],
      intercept: [2],
    },
  },
  {
    title: 'triangleWave of a sawtooth, signed, of its own scale, on a folded input',
    make: (args) =>
      triangleWave({
        depth: 2,
        scaling: 'sawtooth',
        curvature: 'signed',
        scale: 0.5,
        inputNorm: 'fold',
        seed: 1,
        ...args,
      }),
    inputShape: [3],
    outputShape: [3],
    weights: {peaks: [3, 2], amplitude: [3], slope: [3], intercept: [3], gamma: [3]},
  },
  {
    title: 'triangleWave of Takagi sums, going on beyond its domain',
    make: (args) => triangleWave({depth: 3, scaling: 'takagi', inputNorm: 'none', ...args}),
    inputShape: [2],
    outputShape: [2],
    weights: {scales: [2, 3], slope: [2], intercept: [2]},
  },
  {
    title: 'triangleWave with given peaks and a fixed last one',
    make: (args) =>
      triangleWave({
        depth: 2,
        tailPeak: 0.5,
        peakInitializer: initializers.given({
          values: [
            [0.3, 0.6],
            [0.5, 0.7],
          ],
        }),
        scale: 'train',
        ...args,
      }),
    inputShape: [2],
    outputShape: [2],
    weights: {peaks: [2, 2], fraction: [2], slope: [2], intercept: [2]},
  },
  {
    title: 'square, frozen',
    make: (args) => square({domain: [-1, 1], ...args}),
    inputShape: [3],
    outputShape: [3],
    weights: {peaks: [3, 6], amplitude: [3], slope: [3], intercept: [3]},
  },
  {
    title: 'sawtooth, trainable',
    make: (args) => sawtooth({depth: 2, trainable: true, ...args}),
    inputShape: [3],
    outputShape: [3],
    weights: {peaks: [3, 2], amplitude: [3], slope: [3], intercept: [3]},
  },
  {
    title: 'product, frozen',
    make: (args) => product({range: 2, ...args}),
    inputShape: [2],
    outputShape: [1],
    weights: {kernel: [2, 2], offset: [2], peaks: [2, 6], amplitude: [2], slope: [2], mix: [2, 1]},
  },
  {
    title: 'blockDense()',
    make: (args) => blockDense({seed: 1, ...args}),
    inputShape: [3, 8],
    outputShape: [3, 8],
    weights: {kernel: [2, 4, 4], bias: [8]},
  },
  {
    title: 'blockDense of 3 blocks of 2, without a bias',
    make: (args) =>
      blockDense({
        blocks: 3,
        size: 2,
        useBias: false,
        activation: 'tanh',
        kernelInitializer: initializers.torchLinear({seed: 2}),
        ...args,
      }),
    inputShape: [6],
    outputShape: [6],
    weights: {kernel: [3, 2, 2]},
  },
  {
    title: 'regionDense({units: 4, depth: 3})',
    make: (args) => regionDense({units: 4, depth: 3, ...args}),
    inputShape: [5],
    outputShape: [4],
    weights: {kernel: [5, 4], offset: [4], peaks: [4, 4], slope: [4], mix: [4, 4], bias: [4]},
  },
  {
    title: 'regionDense with two subnets, initializer and activation',
    make: (args) =>
      regionDense({
        units: 3,
        subnets: 2,
        useBias: false,
        activation: 'tanh',
        scale: 'train',
        kernelInitializer: tf.initializers.heNormal({seed: 3}),
        ...args,
      }),
    inputShape: [2, 6],
    outputShape: [2, 3],
    weights: {kernel: [6, 2], offset: [2], peaks: [2, 6], slope: [2], fraction: [2], mix: [2, 3]},
  },
];
