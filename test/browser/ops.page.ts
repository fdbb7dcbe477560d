import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

export {startBackend} from './start_backend';

export type OpName = 'walshHadamard' | 'reluPair' | 'whtReLUPair' | 'triangleWave';
export type Input = {shape: number[]; values: number[]};

const OPS: Record<OpName, (inputs: tf.Tensor[], axis: number) => tf.Tensor> = {
  walshHadamard: ([x, signs], axis) => pw.walshHadamard(x, {axis, signs}),
  reluPair: ([x, negative, positive]) => pw.reluPair(x, negative, positive),
  whtReLUPair: ([x, negative, positive], axis) => pw.whtReLUPair(x, negative, positive, {axis}),
  triangleWave: ([x, peaks, scales]) => pw.triangleWave(x, peaks, scales),
};

/** The output of an op, the gradients of sum(dy * output) if there is a dy, and how many tensors the op left behind. */
export async function evaluate(op: OpName, inputs: Input[], axis: number, dy?: number[]) {
  const tensors = inputs.map(({shape, values}) => tf.tensor(values, shape, 'float32'));
  const before = tf.memory().numTensors;
  const apply = (...args: tf.Tensor[]) => OPS[op](args, axis);
  const output = apply(...tensors);
  const results = [output];
  if (dy) {
    const upstream = tf.tensor(dy, output.shape, 'float32');
    results.push(...tf.grads(apply)(tensors, upstream));
    upstream.dispose();
  }
  const leaked = tf.memory().numTensors - before - results.length;
  const [value, ...gradients] = await Promise.all(results.map(async (t) => Array.from(await t.data<'float32'>())));
  tf.dispose([...tensors, ...results]);
  return {value, gradients, leaked};
}
