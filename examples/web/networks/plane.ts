/** The networks that tell two kinds of points of a plane apart, as plans. */

import type {Call, Plan} from './call';
import type {PlaneConfig} from './plane_config';

/** The best of 0.02 to 0.3 after 60 and after 1,000 epochs: on four sets, and on spirals of other sizes of networks and noise. */
const RATES = {dense: 0.05, ours: 0.2};

/** Transforms and pairs of slopes. */
export function ourPlan({width, blocks, seed}: PlaneConfig): Plan {
  const block = (i: number): Call[] => [
    {
      call: 'pw.layers.whtProjection',
      args: {units: width, seed: 100 * seed + i, ...(i === 0 && {inputShape: [2]})},
    },
    {call: 'pw.layers.reluPair', args: {seed: 100 * seed + 50 + i}},
  ];
  return {
    name: `Ours, ${width} x ${blocks}`,
    layers: [
      ...Array.from({length: blocks}, (_, i) => block(i)).flat(),
      {
        call: 'tf.layers.dense',
        args: {units: 1, kernelInitializer: {call: 'tf.initializers.glorotNormal', args: {seed}}},
      },
    ],
    learningRate: RATES.ours,
  };
}

/** Two hidden layers. `weights`: those of ours. With biases of 0 all units of the first layer would bend at the origin. */
export function densePlan({units, seed}: PlaneConfig, weights: number): Plan {
  let width = units || 1;
  while (!units && weightsOf(width) < weights) width++;
  const start = (layer: number) =>
    ({
      kernelInitializer: {call: 'tf.initializers.heNormal', args: {seed: 10 * seed + layer}},
      biasInitializer: {call: 'tf.initializers.randomNormal', args: {stddev: 0.5, seed: 10 * seed + layer + 5}},
    }) as const;
  return {
    name: `Dense ReLU, ${width} x 2`,
    layers: [
      {call: 'tf.layers.dense', args: {units: width, activation: 'relu', ...start(1), inputShape: [2]}},
      {call: 'tf.layers.dense', args: {units: width, activation: 'relu', ...start(2)}},
      {call: 'tf.layers.dense', args: {units: 1, ...start(3)}},
    ],
    learningRate: RATES.dense,
  };
}

/** Weights of the network 2, width, width, 1. */
const weightsOf = (width: number) => 3 * width + (width + 1) * width + width + 1;
