import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {normal} from '../support/random';

export {startBackend} from './start_backend';

export const backendReport = pw.backendReport;

/** The relative error of each transformed row, against butterflies in double precision. */
export function transformErrors(shape: number[], n: number): number[] {
  const x = normal(
    shape.reduce((product, size) => product * size),
    1,
  );
  const y = tf.tidy(() => pw.walshHadamard(tf.tensor(x, shape)).dataSync());
  return Array.from({length: x.length / n}, (_, row) => {
    const expected = butterflies(Float64Array.from(x.subarray(row * n, (row + 1) * n)));
    const error = expected.map((value, i) => y[row * n + i] - value / Math.sqrt(n));
    return (Math.sqrt(n) * norm(error)) / norm(expected);
  });
}

const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

/** The unnormalized transform, in place. */
function butterflies(y: Float64Array): Float64Array {
  for (let h = 1; h < y.length; h *= 2) {
    for (let base = 0; base < y.length; base += 2 * h) {
      for (let i = base; i < base + h; i++) {
        const [a, b] = [y[i], y[i + h]];
        y[i] = a + b;
        y[i + h] = a - b;
      }
    }
  }
  return y;
}

/** The fused op and its derivative by x, of one row alone and of the same row twice. */
export function oneRowAndTwo(n: number): {one: number[]; two: number[]}[] {
  const [row, signs, slopes] = [1, 2, 3].map((seed) => tf.tensor1d(normal(n, seed)));
  const op = (x: tf.Tensor) => pw.whtReLUPair(x, slopes, 1, {signs});
  const results = [op, tf.grad(op)].map((f) =>
    tf.tidy(() => ({
      one: Array.from(f(row).dataSync()),
      two: Array.from(f(tf.stack([row, row])).dataSync()),
    })),
  );
  tf.dispose([row, signs, slopes]);
  return results;
}

const OPS: ((x: tf.Tensor, slopes: tf.Tensor) => tf.Tensor)[] = [
  (x, slopes) => pw.walshHadamard(x, {signs: slopes}),
  (x, slopes) => pw.reluPair(x, slopes, 1),
  (x, slopes) => pw.whtReLUPair(x, slopes, 1, {signs: slopes}),
  (x, slopes) => pw.triangleWave(x, [0.3, 0.6, 0.5], tf.mul(tf.reshape(slopes, [-1, 1]), [1, 0.5, 0.25])),
];

/** How many tensors and bytes of textures so many gradients of each op leave behind. */
export function leaksAfter(rounds: number): {tensors: number; bytes: number} {
  const [x, slopes] = [tf.tensor2d(normal(6 * 64, 1), [6, 64]), tf.tensor1d(normal(64, 2))];
  const run = (times: number) => {
    for (let i = 0; i < times; i++) for (const op of OPS) tf.tidy(() => void tf.grads(op)([x, slopes]));
    const {numTensors, numBytesInGPU} = tf.memory() as tf.MemoryInfo & {numBytesInGPU: number};
    return {numTensors, numBytesInGPU};
  };
  const before = run(10);
  const after = run(rounds);
  tf.dispose([x, slopes]);
  return {tensors: after.numTensors - before.numTensors, bytes: after.numBytesInGPU - before.numBytesInGPU};
}

/** The gradients of the squared gradients of each op, on the active backend. */
export function secondDerivatives(): number[][] {
  const [x, slopes] = [tf.tensor2d(normal(6 * 8, 3), [6, 8]), tf.tensor1d(normal(8, 4))];
  const results = OPS.flatMap((op) =>
    tf.tidy(() => {
      const squares = (...inputs: tf.Tensor[]) =>
        tf.addN(
          tf
            .grads(op)(inputs)
            .map((g) => tf.sum(tf.square(g))),
        );
      return tf
        .grads(squares)([x, slopes])
        .map((gradient) => Array.from(gradient.dataSync()));
    }),
  );
  tf.dispose([x, slopes]);
  return results;
}
