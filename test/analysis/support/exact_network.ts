import * as tf from '@tensorflow/tfjs';
import {mulberry32, normal} from '../../support/random';

/** A dense network of two-slope units in integers: all that follows is free of rounding, and shares nothing with src. */
export interface ExactNetwork {
  inputs: number;
  layers: ExactLayer[];
}

interface ExactLayer {
  /** [outputs][inputs], in units of 1 / ONE. */
  rows: bigint[][];
  bias: bigint[];
  /** Slope below zero in quarters; null for the linear layer at the end. */
  negative: bigint | null;
}

/** c + a x, as [...a, c]. */
export type Form = bigint[];

export interface Piece {
  /** The input of every unit, as affine functions of the input of the network. */
  units: Form[];
  output: Form[];
  /** Which units are on, as text. */
  pattern: string;
}

const ONE = 4096; // weights are exact in float32
const QUARTERS = 4n;

export const sign = (x: bigint) => (x > 0n ? 1 : x < 0n ? -1 : 0);
export const dot = (a: bigint[], b: bigint[]) => a.reduce((sum, value, i) => sum + value * b[i], 0n);

/** The affine function that the network is at a point [...x, w], meaning x / w, and a little further in a direction. */
export function pieceAt({inputs, layers}: ExactNetwork, point: bigint[], direction: bigint[]): Piece {
  const unit = (i: number): Form => Array.from({length: inputs + 1}, (_, j) => (i === j ? 1n : 0n));
  let values = Array.from({length: inputs}, (_, i) => unit(i));
  let scale = 1n;
  const units: Form[] = [];
  let pattern = '';
  for (const {rows, bias, negative} of layers) {
    const forms = rows.map((row, k) => {
      const form = unit(inputs).map((c) => c * bias[k] * scale);
      for (const [j, weight] of row.entries()) for (let i = 0; i <= inputs; i++) form[i] += weight * values[j][i];
      return form;
    });
    scale *= BigInt(ONE);
    values = forms;
    if (negative === null) break;
    scale *= QUARTERS;
    values = forms.map((form) => {
      const here = sign(dot(form, point)) || sign(dot(form.slice(0, -1), direction));
      pattern += here > 0 ? '+' : here < 0 ? '-' : '0';
      return form.map((c) => c * (here > 0 ? QUARTERS : negative));
    });
    units.push(...forms);
  }
  return {units, output: values, pattern};
}

/** A random network; `coarse` has weights of few sizes, so that many breakpoints coincide and many sums vanish. */
export function randomNetwork(seed: number, inputs: number, coarse = false, wider = 1): ExactNetwork {
  const next = mulberry32(seed);
  const depth = 1 + Math.floor(3 * next());
  const widths = Array.from({length: depth}, () => wider * (2 + Math.floor(6 * next())));
  const negative = next() < 0.7 ? 0n : next() < 0.5 ? 1n : -2n;
  const numbers = (n: number, use: number, size: number) =>
    Array.from(normal(n, 1000 * seed + use), (x) => BigInt(coarse ? ONE * Math.round(x) : Math.round(ONE * size * x)));
  const sizes = [inputs, ...widths, 1 + (seed % 2)];
  return {
    inputs,
    layers: sizes.slice(1).map((outputs, l) => ({
      rows: Array.from({length: outputs}, (_, k) => numbers(sizes[l], 50 * l + k, 1.5 / Math.sqrt(sizes[l]))),
      bias: numbers(outputs, 50 * l + 49, 0.5),
      negative: l === depth ? null : negative,
    })),
  };
}

/** The same network in tfjs. */
export function modelOf({inputs, layers}: ExactNetwork): tf.Sequential {
  const model = tf.sequential();
  for (const [i, {rows, bias, negative}] of layers.entries()) {
    const dense = tf.layers.dense({units: rows.length, ...(i === 0 ? {inputShape: [inputs]} : {})});
    model.add(dense);
    tf.tidy(() => {
      const kernel = tf.transpose(tf.tensor2d(rows.map((row) => row.map((weight) => Number(weight) / ONE))));
      dense.setWeights([kernel, tf.tensor1d(bias.map((weight) => Number(weight) / ONE))]);
    });
    if (negative !== null) model.add(tf.layers.leakyReLU({alpha: Number(negative) / 4}));
  }
  return model;
}
