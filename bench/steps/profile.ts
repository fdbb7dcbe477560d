import * as tf from '@tensorflow/tfjs';

/** Where the time of a run goes. */
export interface Profile {
  /** Calls of kernels. */
  calls: number;
  /** Bytes that they read and write. */
  bytes: number;
  /** Of the time of the run, that inside of kernels; the rest is the engine, the layers and the optimizer. */
  share: number;
}

const RUNS = 9;

/** The kernels of the active backend are wrapped while it runs: a call inside of another one belongs to the outer one. */
export async function profile(run: () => unknown): Promise<Profile> {
  let [depth, calls, bytes, inside] = [0, 0, 0, 0];
  const timed =
    (kernel: tf.KernelFunc): tf.KernelFunc =>
    (call) => {
      if (depth > 0) return kernel(call);
      depth++;
      const start = performance.now();
      try {
        const outputs = kernel(call);
        calls++;
        for (const each of [Object.values(call.inputs), outputs].flat(2)) if (each) bytes += bytesOf(each);
        return outputs;
      } finally {
        inside += performance.now() - start;
        depth--;
      }
    };
  const kernels = tf.getKernelsForBackend(tf.getBackend());
  for (const kernel of kernels) replace({...kernel, kernelFunc: timed(kernel.kernelFunc)});
  const shares: number[] = [];
  try {
    for (let i = 0; i < RUNS; i++) {
      [calls, bytes, inside] = [0, 0, 0];
      const start = performance.now();
      await run();
      shares.push(inside / (performance.now() - start));
    }
  } finally {
    for (const kernel of kernels) replace(kernel);
  }
  return {calls, bytes, share: shares.sort((a, b) => a - b)[RUNS >> 1]};
}

function replace(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

const bytesOf = ({shape, dtype}: tf.TensorInfo) => tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
