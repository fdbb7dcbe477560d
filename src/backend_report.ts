import * as tf from '@tensorflow/tfjs';
import {nativeKernel} from './engine';
import {KERNELS} from './ops/kernels';

const NAMES = KERNELS.map(({name}) => name);

/** What {@link backendReport} says. */
export interface BackendReport {
  /** The active backend, as `tf.getBackend()` names it. */
  backend: string;
  /** What runs its native kernels. */
  path: string;
  /** What would make it faster, if anything would. */
  advice?: string;
  /** Every kernel of this package: 'native' to the backend, or 'portable', a composition of ops of tfjs. */
  kernels: {[name: string]: 'native' | 'portable'};
}

/**
 * What runs the ops on the active backend.
 *
 * Print it when a program is slower than expected, and put it into bug reports: the same code runs on SIMD, on loops in
 * JavaScript or on ops of tfjs, depending on the backend, on its version and on what the engine or page allows.
 *
 * @returns The backend, the path that its native kernels take, advice if a faster one is in reach, and for each kernel of
 *     this package whether it is native.
 * @throws If the active backend is not ready: `await tf.ready()` first.
 *
 * @example
 * await tf.setBackend('wasm');
 * console.log(pw.backendReport().path);  // 'SIMD module in the memory of tfjs, not shared'
 */
export function backendReport(): BackendReport {
  const instance = tf.backend(); // initializes it on first use: before, it has no name
  const backend = tf.getBackend();
  const native = nativeKernels(backend);
  const kernels: BackendReport['kernels'] = {};
  for (const name of NAMES) kernels[name] = native.includes(name) ? 'native' : 'portable';
  if (native.length === 0) return {backend, ...withoutNative(), kernels};
  const {describe} = nativeKernel(native[0], backend)!;
  return {backend, ...(describe?.(instance) ?? {path: 'kernels that do not describe themselves'}), kernels};
}

const nativeKernels = (backend: string) => NAMES.filter((name) => nativeKernel(name, backend));

function withoutNative(): {path: string; advice: string} {
  const others = tf.engine().backendNames();
  const native = others.filter((backend) => nativeKernels(backend).length > 0);
  return {
    path: 'ops of tfjs',
    advice: `Right, but not the fastest. Backends loaded here that have native kernels: ${native.join(', ')}. Compare them.`,
  };
}
