import type {TensorInfo} from '@tensorflow/tfjs';
import {type Run, run, type Shader, sizeOf, type WebGPUBackend} from './backend';

/** Every WebGPU device has as many invocations of a workgroup. */
const THREADS = 256;

type Elementwise = Pick<Shader, 'key' | 'head' | 'main'> &
  Pick<Run, 'inputs' | 'uniforms'> &
  Partial<Pick<Run, 'shape'>>;

/** One thread for each element i of a result, by default of the shape of x, which computes `result[i]`. */
export function elementwise(backend: WebGPUBackend, call: Elementwise): TensorInfo {
  const {key, head, main, inputs, uniforms, shape = inputs.x.shape} = call;
  const total = sizeOf({shape});
  const shader = {
    key,
    threads: THREADS,
    head,
    main: () => `let i = u32(index);
if (i >= total) { return; }
${main()}`,
  };
  const groups = Math.ceil(total / THREADS);
  return run(backend, shader, {inputs, uniforms: {total, ...uniforms}, groups, shape});
}
