import * as tf from '@tensorflow/tfjs';
import type {Describe} from '../../engine';
import {isShared} from '../simd/instance';
import {projection} from '../simd/projection';
import type {WasmBackend} from './backend';
import {instanceIn, memoryOf} from './execute';

/** The needs of both modules: what one needs, the other needs. */
export const describe: Describe = (backend) => {
  const memory = memoryOf((backend as WasmBackend).wasm);
  if (!memory || !instanceIn(backend as WasmBackend, projection)) {
    return {path: 'loops in JavaScript', advice: obstacle(memory)};
  }
  return {path: `SIMD module in the memory of tfjs, ${isShared(memory) ? 'shared by threads' : 'not shared'}`};
};

function obstacle(memory: WebAssembly.Memory | undefined): string {
  if (!memory) return 'The memory of this version of tfjs cannot be reached: use version 4.22.';
  if (tf.env().features.WASM_HAS_SIMD_SUPPORT === false) {
    return 'SIMD is switched off: do not set the flag WASM_HAS_SIMD_SUPPORT to false.';
  }
  return 'The module did not start: use an engine with WebAssembly SIMD, and let the page compile WebAssembly (CSP).';
}
