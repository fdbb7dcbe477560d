import type {TensorInfo} from '@tensorflow/tfjs';
import {type Run, run, type Shader, sizeOf, type WebGPUBackend} from './backend';

/** Every WebGPU device has as many invocations of a workgroup. */
const THREADS = 256;

type Elementwise = Pick<Shader, 'key' | 'head' | 'main'> & Pick<Run, 'inputs' | 'uniforms'>;

/** One thread for each element i of x, which computes `result[i]`. */
export function elementwise(backend: WebGPUBackend, {key, head, main, inputs, uniforms}: Elementwise): TensorInfo {
  const total = sizeOf(inputs.x);
  const shader = {
    key,
    threads: THREADS,
    head,
    main: () => `let i = u32(index);
if (i >= total) { return; }
${main()}`,
  };
  const groups = Math.ceil(total / THREADS);
  return run(backend, shader, {inputs, uniforms: {total, ...uniforms}, groups, shape: inputs.x.shape});
}
