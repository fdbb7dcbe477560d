import * as tf from '@tensorflow/tfjs';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import {backendReport} from 'tfjs-piecewise';
import {projection} from '../../src/kernels/simd/projection';
import type {WasmBackend} from '../../src/kernels/wasm/backend';
import {instanceIn} from '../../src/kernels/wasm/execute';
import {checkKernels} from '../support/leaks';

export type Flags = Record<string, boolean | number>;

/** Makes a backend the active one, with flags of `tf.env()`, and says what really runs. Part of a page script. */
export async function startBackend(name: string, flags: Flags) {
  // Without a GPU tfjs refuses WebGL 2 and falls back to WebGL 1 in silence, unless told beforehand.
  tf.env().setFlags({SOFTWARE_WEBGL_ENABLED: true, ...flags});
  checkKernels();
  setWasmPaths('/');
  await tf.setBackend(name);
  if (name === 'webgpu') reportGpuErrors();
  return {
    backend: tf.getBackend(),
    webgl: tf.env().getNumber('WEBGL_VERSION'),
    textureBits: tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 32 : 16,
    wasm: loadedWasm(),
    simd: usesSimd(name),
    report: backendReport(),
  };
}

/** Whether our wasm module runs in the memory of tfjs; loops in JavaScript serve otherwise. */
function usesSimd(name: string): boolean | undefined {
  return name === 'wasm' ? instanceIn(tf.backend() as unknown as WasmBackend, projection) !== null : undefined;
}

/** The name of the wasm file that tfjs chose, which tells threads and SIMD. */
function loadedWasm(): string | undefined {
  const files = performance.getEntriesByType('resource').map(({name}) => name.split('/').at(-1));
  return files.find((file) => file?.endsWith('.wasm'));
}

/** A wrong shader does not throw; on the console it fails the test. */
function reportGpuErrors(): void {
  const {device} = tf.backend() as unknown as {device: GPUDevice};
  device.addEventListener('uncapturederror', ({error}) => console.error(`WebGPU: ${error.message}`));
  globalThis.settle = () => device.queue.onSubmittedWorkDone();
}
