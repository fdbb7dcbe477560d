/** The two networks that are compared on a curve. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {CurveConfig} from './curve_config';

export interface Built {
  name: string;
  model: tf.Sequential;
  learningRate: number;
  /** No weights give more linear regions on [0, 1]. Left out: as `regionBounds` says. */
  possible?: bigint;
}

/** Epochs of the stage that keeps all regions, when there are two. */
export const FIRST_STAGE = 300;

/** Both, the dense one of at most the parameters that ours has in its largest form. */
export function networksOf(config: CurveConfig): {dense: Built; ours: Built} {
  const ours = ourNetwork(config);
  const largest = hasTwoStages(config) ? freeForm(ours) : ours;
  const dense = denseNetwork(largest.model.countParams(), config.denseLayers, config.seed);
  if (largest !== ours) largest.model.dispose();
  return {dense, ours};
}

export function hasTwoStages({twoStages, family}: CurveConfig): boolean {
  return twoStages && family !== 'wht';
}

/** The same function with all weights free: regions may come and go. */
export function freeForm({name, model}: Built): Built {
  return {name: `${name}, all weights free`, model: pw.exporters.toDense(model), learningRate: 0.002};
}

/** Ours, by family. All of it is piecewise linear, so that its regions can be counted. */
function ourNetwork(config: CurveConfig): Built {
  const {family, depth, width, seed, convex} = config;
  const curvature = convex ? 'convex' : 'dc';
  if (family === 'wave') {
    const layer = pw.layers.triangleWave({depth, curvature, seed, scale: 0.25, peakGain: 10, inputShape: [1]});
    const name = convex ? 'Triangle wave' : 'Difference of two waves';
    const possible = 2n ** BigInt(depth) * (convex ? 1n : 2n) - (convex ? 0n : 1n);
    return {name, model: tf.sequential({layers: [layer]}), learningRate: 0.03, possible};
  }
  if (family === 'region') {
    const layer = pw.layers.regionDense({
      units: 1,
      subnets: width,
      depth,
      seed,
      scale: 0.25,
      peakGain: 10,
      // Every learned function sees the whole interval; their random peaks differ, and the mix has both signs.
      inputNorm: 'clip',
      kernelInitializer: 'ones',
      mixInitializer: tf.initializers.randomNormal({stddev: 0.5, seed}),
      inputShape: [1],
    });
    const possible = BigInt(width) * (2n ** BigInt(depth) - 1n) + 1n;
    return {name: 'Region dense', model: tf.sequential({layers: [layer]}), learningRate: 0.02, possible};
  }
  const model = tf.sequential();
  const units = whtUnits(width);
  for (let block = 0; block < depth; block++) {
    const shape = block === 0 ? {inputShape: [1]} : {};
    model.add(pw.layers.whtProjection({units, seed: 100 * seed + 2 * block, ...shape}));
    // In one dimension nothing but a bias moves the breakpoints off 0.
    const initializer = block === 0 ? 'uniform' : 'zeroCurvature';
    model.add(pw.layers.reluPair({useBias: true, initializer, seed: 100 * seed + 2 * block + 1}));
  }
  model.add(pw.layers.whtProjection({units, seed: 100 * seed + 99}));
  model.add(tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed})}));
  // Each unit bends once on each piece of the blocks before.
  const possible = BigInt(units + 1) ** BigInt(depth);
  return {name: `WHT + ReLU pair, ${units} wide`, model, learningRate: 0.02, possible};
}

function whtUnits(width: number): number {
  return 2 ** (width + 1);
}

/** What a dense network of one input and one output costs. */
function denseParameters(width: number, layers: number): number {
  return 2 * width + (layers - 1) * (width * width + width) + width + 1;
}

/** Dense ReLU layers of the largest width that the budget pays for, started as PyTorch does. */
function denseNetwork(budget: number, layers: number, seed: number): Built {
  let width = 1;
  while (denseParameters(width + 1, layers) <= budget) width++;
  const model = tf.sequential();
  const start = (index: number, fanIn: number) => ({
    kernelInitializer: pw.initializers.torchLinear({seed: 10 * seed + index, fanIn}),
    biasInitializer: pw.initializers.torchLinear({seed: 10 * seed + index, fanIn}),
  });
  for (let i = 0; i < layers; i++) {
    const inputs = i === 0 ? 1 : width;
    model.add(tf.layers.dense({units: width, activation: 'relu', inputShape: [inputs], ...start(i, inputs)}));
  }
  model.add(tf.layers.dense({units: 1, ...start(layers, width)}));
  const sizes = [1, ...new Array<number>(layers).fill(width), 1].join('-');
  return {name: `Dense ReLU ${sizes}`, model, learningRate: 0.05};
}
