import * as tf from '@tensorflow/tfjs';
import type {KernelFunction} from '../../engine';
import {instantiate, type ModuleText, type SimdKernels} from '../simd/instance';
import type {Planner} from '../simd/plan';
import {addressOf, allocate, type WasmBackend, withScratch} from './backend';

/** One of each module for each memory: a restarted backend has a new one. */
const instances = new WeakMap<object, Map<ModuleText, unknown>>();

/** A SIMD module in the memory of a backend; null where that cannot be reached, or SIMD is missing or switched off. */
export function instanceIn<Native>({wasm}: WasmBackend, simd: SimdKernels<Native>): Native | null {
  let known = instances.get(wasm);
  if (!known) {
    known = new Map();
    instances.set(wasm, known);
  }
  let instance = known.get(simd.module) as Native | null | undefined;
  if (instance === undefined) {
    const memory = memoryOf(wasm);
    const usable = memory && tf.env().features.WASM_HAS_SIMD_SUPPORT !== false;
    instance = usable ? instantiate(simd, memory) : null;
    known.set(simd.module, instance);
  }
  return instance;
}

export function memoryOf({wasmMemory, asm}: WasmBackend['wasm']): WebAssembly.Memory | undefined {
  return wasmMemory ?? asm?.memory;
}

/** A kernel of a SIMD module on the tensors where they are, or by `otherwise` where the module cannot be. */
export function inHeap<Native>(
  simd: SimdKernels<Native>,
  planner: Planner<Native>,
  otherwise: KernelFunction,
): KernelFunction {
  return (call) => {
    const backend = call.backend as WasmBackend;
    const native = instanceIn(backend, simd);
    if (!native) return otherwise(call);
    const plan = planner(native, call.inputs as {[name: string]: tf.TensorInfo}, call.attrs);
    return withScratch(backend, plan.scratch ?? 0, (scratch) => {
      const results = allocate(backend, plan.outputs);
      const address = (tensor: tf.TensorInfo) => addressOf(backend, tensor);
      plan.run(plan.inputs.map(address), results.map(address), scratch);
      return results.length === 1 ? results[0] : results;
    });
  };
}
