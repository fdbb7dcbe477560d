import * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../kernel';
import type {HostKernel} from '../host/memory';
import {type Instance, instantiate} from '../simd/instance';
import type {Planner} from '../simd/plan';
import {addressOf, allocate, heap, type WasmBackend, withScratch} from './backend';

/** One for each memory: a backend that is made anew has a new one. */
const instances = new WeakMap<object, Instance | null>();

/** The SIMD module in the memory of a backend; null where that cannot be reached, or SIMD is missing or switched off. */
export function instanceIn({wasm}: WasmBackend): Instance | null {
  let instance = instances.get(wasm);
  if (instance === undefined) {
    const memory = memoryOf(wasm);
    instance = memory && tf.env().features.WASM_HAS_SIMD_SUPPORT !== false ? instantiate(memory) : null;
    instances.set(wasm, instance);
  }
  return instance;
}

export function memoryOf({wasmMemory, asm}: WasmBackend['wasm']): WebAssembly.Memory | undefined {
  return wasmMemory ?? asm?.memory;
}

/** A kernel of the SIMD module on the tensors where they are, or by loops in JavaScript where the module cannot be. */
export function inHeap(planner: Planner, host: HostKernel): KernelFunction {
  const loops = host(heap);
  return (call) => {
    const backend = call.backend as WasmBackend;
    const native = instanceIn(backend);
    if (!native) return loops(call);
    const {
      inputs,
      outputs,
      scratch = 0,
      run,
    } = planner(native, call.inputs as {[name: string]: tf.TensorInfo}, call.attrs);
    return withScratch(backend, scratch, (at) => {
      const results = allocate(backend, outputs);
      const address = (tensor: tf.TensorInfo) => addressOf(backend, tensor);
      run(inputs.map(address), results.map(address), at);
      return results.length === 1 ? results[0] : results;
    });
  };
}
