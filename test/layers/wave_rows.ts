import * as tf from '@tensorflow/tfjs';
import {initializers, layers} from 'tfjs-piecewise';
import type {Row} from './layer_cases';

const {triangleWave, regionDense, blockDense, square, sawtooth, product} = layers;

export const WAVE_ROWS: Row[] = [
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
    title: 'triangleWave of a normalized batch',
    make: (args) => triangleWave({depth: 3, inputNorm: 'batchNorm+sigmoid', seed: 3, ...args}),
    inputShape: [2, 3],
    outputShape: [2, 3],
    weights: {
      norm_scale: [3],
      norm_offset: [3],
      peaks: [3, 4],
      slope: [3],
      intercept: [3],
      norm_mean: [3],
      norm_variance: [3],
    },
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
  {
    title: 'regionDense of a normalized batch',
    make: (args) => regionDense({units: 2, subnets: 3, depth: 3, inputNorm: 'batchNorm+sigmoid', seed: 3, ...args}),
    inputShape: [4],
    outputShape: [2],
    weights: {
      kernel: [4, 3],
      norm_scale: [3],
      norm_offset: [3],
      peaks: [3, 4],
      slope: [3],
      mix: [3, 2],
      bias: [2],
      norm_mean: [3],
      norm_variance: [3],
    },
  },
];
