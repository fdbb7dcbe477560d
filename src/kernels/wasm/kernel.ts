import type {TensorInfo} from '@tensorflow/tfjs';
import type {KernelFunction} from '../../kernel';
import type {HostKernel} from '../host/memory';
import {heap, type WasmBackend} from './backend';
import {type Instance, instanceIn} from './instance';

/** A kernel that runs in our module. All of its inputs are there, those that the definition names. */
export type NativeKernel = (
  instance: Instance,
  backend: WasmBackend,
  inputs: {[name: string]: TensorInfo},
  attrs: Parameters<KernelFunction>[0]['attrs'],
) => TensorInfo | TensorInfo[];

/** The kernel in our module, or by loops in JavaScript over the heap of tfjs where the module cannot be. */
export function kernel(native: NativeKernel, host: HostKernel): KernelFunction {
  const loops = host(heap);
  return (call) => {
    const backend = call.backend as WasmBackend;
    const instance = instanceIn(backend);
    return instance ? native(instance, backend, call.inputs as {[name: string]: TensorInfo}, call.attrs) : loops(call);
  };
}
