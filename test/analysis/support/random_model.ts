import * as tf from '@tensorflow/tfjs';
import {mulberry32, normal} from '../../support/random';

/** A layer of two-slope units by its weights, [outputs][inputs]; `alpha` is null for the linear one at the end. */
export interface UnitLayer {
  rows: number[][];
  bias: number[];
  alpha: number | null;
}

const FINEST = 4096; // weights are multiples of 1 / FINEST, exact in float32

/** A random dense network; `coarse` has weights of few sizes, so that many breakpoints coincide and many sums vanish. */
export function randomModel(seed: number, inputs: number, coarse = false, wider = 1): tf.Sequential {
  const next = mulberry32(seed);
  const depth = 1 + Math.floor(3 * next());
  const widths = Array.from({length: depth}, () => wider * (2 + Math.floor(6 * next())));
  const alpha = next() < 0.7 ? 0 : next() < 0.5 ? 0.25 : -0.5;
  const numbers = (n: number, use: number, size: number) =>
    Array.from(normal(n, 1000 * seed + use), (x) => (coarse ? Math.round(x) : Math.round(FINEST * size * x) / FINEST));
  const sizes = [inputs, ...widths, 1 + (seed % 2)];
  const layers = sizes.slice(1).map((outputs, l) => ({
    rows: Array.from({length: outputs}, (_, k) => numbers(sizes[l], 50 * l + k, 1.5 / Math.sqrt(sizes[l]))),
    bias: numbers(outputs, 50 * l + 49, 0.5),
    alpha: l === depth ? null : alpha,
  }));
  return modelOf(inputs, layers);
}

export function modelOf(inputs: number, layers: UnitLayer[]): tf.Sequential {
  const model = tf.sequential();
  for (const [i, {rows, bias, alpha}] of layers.entries()) {
    const dense = tf.layers.dense({units: rows.length, ...(i === 0 ? {inputShape: [inputs]} : {})});
    model.add(dense);
    tf.tidy(() => dense.setWeights([tf.transpose(tf.tensor2d(rows)), tf.tensor1d(bias)]));
    if (alpha !== null) model.add(tf.layers.leakyReLU({alpha}));
  }
  return model;
}
