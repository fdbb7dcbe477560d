/** Kernels broken on purpose, to see that the fuzzer notices. */

import * as tf from '@tensorflow/tfjs';
import {installKernels, type KernelFunction} from '../../src/engine';

const TILE = 64;

const FAULTS: {[name: string]: {kernel: string; run: (y: tf.Tensor) => tf.Tensor}} = {
  /** The last number of each row of a tile is that before it. */
  'off-by-one': {
    kernel: 'WalshHadamard',
    run: (y) => {
      if (y.size < TILE) return y;
      const flat = tf.reshape(y, [-1]);
      const parts = [tf.slice(flat, [0], [TILE - 1]), tf.slice(flat, [TILE - 2], [1]), tf.slice(flat, [TILE])];
      return tf.reshape(tf.concat(parts), y.shape);
    },
  },
  /** A tensor that nobody disposes. */
  leak: {
    kernel: 'ReLUPairGradient',
    run: (y) => {
      tf.keep(tf.zeros([1]));
      return y;
    },
  },
};

export const FAULT_NAMES = Object.keys(FAULTS);

/** Breaks a kernel of the active backend. */
export function inject(name: string): void {
  if (!Object.hasOwn(FAULTS, name))
    throw new Error(`--fault must be one of ${FAULT_NAMES.join(', ')}, but is ${name}.`);
  const {kernel, run} = FAULTS[name];
  const backend = tf.getBackend();
  const original = tf.getKernel(kernel, backend).kernelFunc;
  const broken: KernelFunction = (params) => {
    const outputs = [original(params)].flat();
    const first = tf.engine().makeTensorFromTensorInfo(outputs[0]);
    return outputs.length === 1 ? run(first) : [run(first), ...outputs.slice(1)];
  };
  installKernels(backend, {[kernel]: broken});
}
