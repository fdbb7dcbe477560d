/** Exact counts of linear pieces on [0, 1], network by network. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Population} from './population';

/** The breakpoints inside (0, 1) of each network of a population: where the slope of its output changes. */
export async function breakpointsOf({kernels, biases, outputReLU}: Population): Promise<number[][]> {
  const last = kernels.length - 1;
  const model = tf.sequential({
    layers: kernels.map(({shape}, i) => {
      const [, inputs, units] = shape as [number, number, number];
      const activation = i < last || outputReLU ? 'relu' : 'linear';
      return tf.layers.dense({units, activation, inputShape: [inputs]});
    }),
  });
  const rows = kernels.map((kernel, i) => tf.tidy(() => [tf.unstack(kernel), tf.unstack(tf.squeeze(biases[i], [1]))]));
  const weights = rows[0][0].map((_, network) => rows.flatMap(([kernel, bias]) => [kernel[network], bias[network]]));
  return eachNetwork(model, weights);
}

/** The breakpoints of each channel of a triangleWave, which was made with these arguments. */
export async function waveBreakpoints(
  layer: pw.layers.TriangleWave,
  args: pw.layers.TriangleWaveArgs,
): Promise<number[][]> {
  const model = tf.sequential({layers: [pw.layers.triangleWave({...args, inputShape: [1]})]});
  const columns = layer.getWeights().map((weight) => tf.split(weight, weight.shape[0], 0));
  const weights = columns[0].map((_, channel) => columns.map((column) => column[channel]));
  return eachNetwork(model, weights);
}

/** Disposes the weights. */
async function eachNetwork(model: tf.LayersModel, weights: tf.Tensor[][]): Promise<number[][]> {
  const result: number[][] = [];
  for (const own of weights) {
    model.setWeights(own);
    result.push((await pw.analysis.countLinearRegions(model, {from: [0], to: [1]})).breakpoints);
  }
  tf.dispose(weights);
  model.dispose();
  return result;
}
