import {type TensorInfo, util} from '@tensorflow/tfjs';
import {type Run, run, type WebGPUBackend} from './backend';
import {THREADS} from './sum';

export interface Elementwise extends Pick<Run, 'inputs' | 'uniforms'> {
  key: string;
  /** Computes `result[i]`, of the shape of the input x. */
  code: string;
  /** WGSL of module scope. */
  functions?: string;
}

/** One thread for each element. */
export function elementwise(
  backend: WebGPUBackend,
  {key, inputs, uniforms, code, functions = ''}: Elementwise,
): TensorInfo {
  const {shape} = inputs.x;
  const total = util.sizeFromShape(shape);
  const shader = {
    key,
    threads: THREADS,
    code: () => `${functions}
fn main(index : i32) {
  let i = u32(index);
  if (i >= uniforms.total) { return; }
  ${code}
}`,
  };
  return run(backend, shader, {inputs, uniforms: {total, ...uniforms}, groups: Math.ceil(total / THREADS), shape});
}
