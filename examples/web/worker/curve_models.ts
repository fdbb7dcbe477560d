/** The two networks that are compared on a curve. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {CurveConfig} from './messages';

type Built = {name: string; model: tf.Sequential; learningRate: number};

/** Ours, by family. All of it is piecewise linear, so that its regions can be counted. */
export function ourNetwork(config: CurveConfig): Built {
  const {family, depth, width, seed, convex} = config;
  const curvature = convex ? 'convex' : 'dc';
  if (family === 'wave') {
    const layer = pw.layers.triangleWave({depth, curvature, seed, scale: 0.25, peakGain: 10, inputShape: [1]});
    const name = convex ? 'Triangle wave' : 'Difference of two waves';
    return {name, model: tf.sequential({layers: [layer]}), learningRate: 0.03};
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
    return {name: 'Region dense', model: tf.sequential({layers: [layer]}), learningRate: 0.02};
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
  return {name: `WHT + ReLU pair, ${units} wide`, model, learningRate: 0.02};
}

export function whtUnits(width: number): number {
  return 2 ** (width + 1);
}

/** What a dense network of one input and one output costs. */
function denseParameters(width: number, layers: number): number {
  return 2 * width + (layers - 1) * (width * width + width) + width + 1;
}

/** Dense ReLU layers of the largest width that the budget pays for, started as PyTorch does. */
export function denseNetwork(budget: number, layers: number, seed: number): Built {
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
  return {name: `Dense ReLU ${sizes}`, model, learningRate: 0.02};
}
