/** Networks as they are usually started. */

import * as tf from '@tensorflow/tfjs';
import {type Population, populationOf} from './population';

/** Uniform in [0, 1) from a seed (mulberry32 of Tommy Ettinger). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers of one layer: `inputs` kernel entries and a bias for each unit. */
type DrawUnit = (inputs: number, next: () => number) => number[];

/** PyTorch's nn.Linear: all from U(-1, 1) / sqrt(inputs). */
export const torchDefault: DrawUnit = (inputs, next) =>
  Array.from({length: inputs + 1}, () => (2 * next() - 1) / Math.sqrt(inputs));

/** RAI (Lu, Shin, Su and Karniadakis 2020): one random number of each unit from Beta(2, 1), the others normal. */
export const rai: DrawUnit = (inputs, next) => {
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const numbers = Array.from({length: inputs + 1}, () => (0.6007 / Math.sqrt(inputs)) * normal());
  numbers[Math.floor(next() * (inputs + 1))] = Math.sqrt(next());
  return numbers;
};

/** `networks` networks of one input and one output, with a ReLU behind the output as the paper's means need it. */
export function started(
  draw: DrawUnit,
  {
    networks,
    width,
    depth,
    seed,
    outputReLU,
  }: {
    networks: number;
    width: number;
    depth: number;
    seed: number;
    outputReLU: boolean;
  },
): Population {
  const sizes = [1, ...new Array<number>(depth).fill(width), 1];
  const next = random(seed);
  const layers = sizes.slice(1).map((units, i) => {
    const rows = Array.from({length: networks * units}, () => draw(sizes[i], next));
    return tf.tidy(() => {
      const all = tf.reshape(tf.tensor2d(rows), [networks, units, sizes[i] + 1]);
      const [kernel, bias] = tf.split(all, [sizes[i], 1], 2);
      return [tf.transpose(kernel, [0, 2, 1]), tf.transpose(bias, [0, 2, 1])];
    });
  });
  return populationOf(
    layers.map(([kernel]) => kernel),
    layers.map(([, bias]) => bias),
    outputReLU,
  );
}
