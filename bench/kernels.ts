/** The kernels as the engine calls them, by name: what a native one is worth shows only without the checks of the op. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

export type Shape = readonly [rows: number, n: number];

export interface KernelCall {
  name: string;
  inputs: {[name: string]: tf.Tensor};
  attrs: {[name: string]: number | boolean};
}

export const KERNELS = [
  'WalshHadamard',
  'SignedWalshHadamard',
  'ReLUPair',
  'ReLUPairGradient',
  'ReLUPairSlopes',
  'WHTReLUPair',
  'WHTReLUPairForward',
  'WHTReLUPairBackward',
  'WHTReLUPairGradient',
  'TriangleWave',
  'TriangleWaveGradient',
  'SoftmaxCrossEntropy',
  'SoftmaxCrossEntropyGradient',
] as const;
export type KernelName = (typeof KERNELS)[number];

const DEPTH = 5;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Numbers without a pattern that a branch could learn, spread evenly from low to high. */
export function spread(length: number, low: number, high: number): Float32Array {
  return Float32Array.from({length}, (_, i) => low + (high - low) * ((i * GOLDEN) % 1));
}

/** An input as long as the transform is. */
export const unexpanded = (n: number) => ({units: n, tiled: false, moved: 0});

/** The call of a kernel on x [rows, n], with a parameter or pair of them for each of the n positions, or on logits of n classes. */
export function kernelCall(name: KernelName, [rows, n]: Shape): KernelCall {
  const matrix = (low: number, high: number) => tf.tensor2d(spread(rows * n, low, high), [rows, n]);
  const vector = (low: number, high: number) => tf.tensor1d(spread(n, low, high));
  const waves = (low: number, high: number) => tf.tensor2d(spread(n * DEPTH, low, high), [n, DEPTH]);
  if (name.startsWith('Softmax')) {
    const dy = /Gradient$/.test(name) && {dy: tf.tensor1d(spread(rows, -1, 1))};
    return {name, inputs: {logits: matrix(-1, 1), labels: matrix(0, 1), ...dy}, attrs: {smoothing: 0}};
  }
  const isWave = name.startsWith('TriangleWave');
  const inputs: KernelCall['inputs'] = {x: isWave ? matrix(0, 1) : matrix(-1, 1)};
  const attrs: KernelCall['attrs'] = {};
  if (/^(Signed)?W/.test(name)) Object.assign(attrs, {axis: 1, scale: 1 / Math.sqrt(n), ...unexpanded(n)});
  if (/^(Signed|WHT)/.test(name)) inputs.signs = vector(-1, 1);
  if (/ReLUPair(?!Slopes)/.test(name)) Object.assign(inputs, {negative: vector(-1, 1), positive: vector(0, 2)});
  if (/^ReLUPair/.test(name)) Object.assign(attrs, {units: n, inner: 1});
  if (/^Signed/.test(name)) Object.assign(attrs, {transposed: false, fixed: true});
  if (isWave) Object.assign(inputs, {peaks: waves(0.3, 0.7), scales: waves(-1, 1)});
  if (/(Gradient|Backward|Slopes)$/.test(name)) inputs.dy = matrix(-1, 1);
  if (name === 'WHTReLUPairBackward') {
    const {x: z, ...others} = inputs;
    return {name, inputs: {z, ...others}, attrs};
  }
  return {name, inputs, attrs};
}

/** Calls a kernel through the engine and forgets the result. */
export function call({name, inputs, attrs}: KernelCall): void {
  tf.dispose(tf.engine().runKernel(name, inputs, attrs));
}

/** The kernel of the active backend without the engine, which tracks tensors. */
export function alone({name, inputs, attrs}: KernelCall): () => void {
  const backend = tf.backend();
  const {kernelFunc} = tf.getKernel(name, tf.getBackend());
  return () => {
    const {dataId} = kernelFunc({inputs, attrs, backend}) as tf.TensorInfo;
    backend.disposeData(dataId);
  };
}

/** Registers what is not native to the active backend, as the first use of each op does. */
export function useAllOps(): void {
  tf.tidy(() => {
    const x = tf.tensor2d([[0.1, 0.2]]);
    pw.walshHadamard(x);
    for (const op of [
      (t: tf.Tensor) => pw.walshHadamard(t, {signs: [1, -1]}),
      (t: tf.Tensor) => pw.reluPair(t, 0.5, 1),
      (t: tf.Tensor) => pw.whtReLUPair(t, 0.5, 1),
      // Signs by which somebody may differentiate: the input is kept for them.
      (t: tf.Tensor) => pw.whtReLUPair(t, 0.5, 1, {signs: [1, -1]}),
      (t: tf.Tensor) => pw.triangleWave(t, [0.5], [1]),
      (t: tf.Tensor) => pw.softmaxCrossEntropy([[0, 1]], t),
    ]) {
      tf.grad(op)(x);
    }
  });
}
