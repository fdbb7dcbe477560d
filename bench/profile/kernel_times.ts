import * as tf from '@tensorflow/tfjs';

/** What one kernel took in a run, all its calls together, without the kernels that it called itself. */
export interface KernelTime {
  name: string;
  calls: number;
  milliseconds: number;
  /** That it reads and writes. */
  bytes: number;
}

/** A run, and the part of it inside of kernels; the rest is between them. */
export interface Profile {
  milliseconds: number;
  kernels: KernelTime[];
}

/** Means over `runs`, for backends whose kernels end before they return. Two readings of the clock are in each call. */
export async function kernelTimes(run: () => unknown, runs: number): Promise<Profile> {
  const times = new Map<string, KernelTime>();
  const restore = wrapKernels(times);
  try {
    await run(); // what a wrapped kernel makes once
    times.clear();
    const start = performance.now();
    for (let i = 0; i < runs; i++) await run();
    const milliseconds = (performance.now() - start) / runs;
    const mean = ({name, calls, milliseconds: total, bytes}: KernelTime) => ({
      name,
      calls: calls / runs,
      milliseconds: total / runs,
      bytes: bytes / runs,
    });
    const kernels = [...times.values()].map(mean).sort((a, b) => b.milliseconds - a.milliseconds);
    return {milliseconds, kernels};
  } finally {
    restore();
  }
}

/** Puts a clock around every kernel of the active backend, until the result is called. */
function wrapKernels(times: Map<string, KernelTime>): () => void {
  const backend = tf.getBackend();
  const kernels = tf.getKernelsForBackend(backend);
  let inner = 0; // in kernels that the running one has called
  const replace = (kernel: tf.KernelConfig) => {
    tf.unregisterKernel(kernel.kernelName, backend);
    tf.registerKernel(kernel);
  };
  for (const kernel of kernels) {
    const kernelFunc: tf.KernelFunc = (call) => {
      const known = times.get(kernel.kernelName) ?? {name: kernel.kernelName, calls: 0, milliseconds: 0, bytes: 0};
      times.set(kernel.kernelName, known);
      const before = inner;
      inner = 0;
      const start = performance.now();
      try {
        const outputs = kernel.kernelFunc(call);
        for (const each of [Object.values(call.inputs), outputs].flat(2)) if (each) known.bytes += bytesOf(each);
        return outputs;
      } finally {
        const all = performance.now() - start;
        known.calls++;
        known.milliseconds += all - inner;
        inner = before + all;
      }
    };
    replace({...kernel, kernelFunc});
  }
  return () => kernels.forEach(replace);
}

const bytesOf = ({shape, dtype}: tf.TensorInfo) => tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);

/** The sum over all kernels of a run. */
export const total = ({kernels}: Profile, what: 'calls' | 'milliseconds' | 'bytes'): number =>
  kernels.reduce((sum, each) => sum + each[what], 0);
