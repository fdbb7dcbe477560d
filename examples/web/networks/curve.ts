/** The networks on a curve, as plans. */

import {spreadStart} from '../../spread_start';
import type {Call, Plan} from './call';
import type {CurveConfig} from './curve_config';

export interface CurvePlan extends Plan {
  /** No weights give more linear pieces on [0, 1]. */
  possible: bigint;
}

/** Ours, by family. All of it is piecewise linear, so that its pieces can be counted. */
export function ourPlan(config: CurveConfig): CurvePlan {
  if (config.family === 'wave') return wave(config);
  return config.family === 'region' ? region(config) : projection(config);
}

/** A wave starts from the chord of the data; a start that has far to go runs its peaks to the ends. */
function wave({depth, seed, convex, y}: CurveConfig): CurvePlan {
  const [intercept, end] = [y[0], y[y.length - 1]];
  const args = {
    depth,
    curvature: convex ? 'convex' : 'dc',
    base: {slope: end - intercept, intercept},
    scale: 0.25,
    peakGain: 3,
    seed,
    inputShape: [1],
  };
  return {
    name: convex ? 'Triangle wave' : 'Difference of two waves',
    layers: [{call: 'pw.layers.triangleWave', args}],
    learningRate: 0.03,
    possible: 2n ** BigInt(depth) * (convex ? 1n : 2n) - (convex ? 0n : 1n),
  };
}

/** Every wave sees the whole interval; their random peaks differ, and the mix has both signs. */
function region({depth, width, seed}: CurveConfig): CurvePlan {
  const args = {
    units: 1,
    subnets: width,
    depth,
    scale: 0.25,
    peakGain: 3,
    inputNorm: 'clip',
    kernelInitializer: 'ones',
    mixInitializer: {call: 'tf.initializers.randomNormal', args: {stddev: 0.5, seed}},
    seed,
    inputShape: [1],
  } as const;
  return {
    name: 'Region dense',
    layers: [{call: 'pw.layers.regionDense', args}],
    learningRate: 0.02,
    possible: BigInt(width) * (2n ** BigInt(depth) - 1n) + 1n,
  };
}

function projection({depth, width, seed}: CurveConfig): CurvePlan {
  const units = 2 ** (width + 1);
  const block = (i: number): Call[] => [
    {call: 'pw.layers.whtProjection', args: {units, seed: 100 * seed + 2 * i, ...(i === 0 && {inputShape: [1]})}},
    {
      call: 'pw.layers.reluPair',
      // In one dimension nothing but a bias moves the breakpoints off 0.
      args: {useBias: true, initializer: i === 0 ? 'uniform' : 'zeroCurvature', seed: 100 * seed + 2 * i + 1},
    },
  ];
  return {
    name: `Transform and ReLU pairs, ${units} wide`,
    layers: [
      ...Array.from({length: depth}, (_, i) => block(i)).flat(),
      {call: 'pw.layers.whtProjection', args: {units, seed: 100 * seed + 99}},
      {
        call: 'tf.layers.dense',
        args: {units: 1, kernelInitializer: {call: 'tf.initializers.glorotNormal', args: {seed}}},
      },
    ],
    learningRate: 0.02,
    // Each unit bends once on each piece of the blocks before.
    possible: BigInt(units + 1) ** BigInt(depth),
  };
}

/** One hidden layer that starts fairly. `weights`: those of ours in its largest form. */
export function densePlan({units, convex}: CurveConfig, weights: number): CurvePlan {
  const width = units || Math.max(1, Math.ceil((weights - 1) / 3));
  const {kernel, bias} = spreadStart(width, convex);
  const given = (values: Call['args'][string]): Call => ({call: 'pw.initializers.given', args: {values}});
  return {
    name: `Dense ReLU, ${width} unit${width === 1 ? '' : 's'}`,
    layers: [
      {
        call: 'tf.layers.dense',
        args: {
          units: width,
          activation: 'relu',
          kernelInitializer: given(kernel),
          biasInitializer: given(bias),
          inputShape: [1],
        },
      },
      {call: 'tf.layers.dense', args: {units: 1, kernelInitializer: 'zeros'}},
    ],
    // The best of 0.01 to 0.05 for each kind of curve.
    learningRate: convex ? 0.05 : 0.02,
    possible: BigInt(width) + 1n,
  };
}
