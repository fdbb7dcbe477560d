import * as tf from '@tensorflow/tfjs';
import {forbidGpuErrors} from './gpu_errors';
import {forbidLeaks} from './leaks';

export {collectTensors} from './leaks';

export type BackendName = 'cpu' | 'wasm' | 'tensorflow' | 'webgpu';

declare global {
  /** The backend of the running jest project, set in jest.config.js. */
  var __BACKEND__: BackendName | undefined;
}

export const backendName: BackendName = globalThis.__BACKEND__ ?? 'cpu';

/** False where tensors cannot be read synchronously: there `await t.data()` is the only way, in specs and in the code. */
export const isSync = backendName !== 'webgpu';

/** The values of a float32 tensor on any backend. Disposes nothing. */
export async function values(t: tf.Tensor): Promise<Float32Array> {
  return (await t.data()) as Float32Array;
}

/**
 * Runs the specs of the calling file on the backend of the jest project, and fails any test that leaks tensors or causes
 * a GPU error. Call it once, at the top of the file: its hooks then enclose those of every `describe`.
 */
export function useBackend(): void {
  beforeAll(async () => {
    await importBackend[backendName]();
    if (!(await tf.setBackend(backendName)) || tf.getBackend() !== backendName) {
      throw new Error(`The backend is ${tf.getBackend()}, expected ${backendName}: it did not start.`);
    }
  });
  forbidLeaks();
  if (backendName === 'webgpu') forbidGpuErrors();
}

const importBackend: Record<BackendName, () => Promise<unknown>> = {
  cpu: async () => {},
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  tensorflow: () => import('tfjs-piecewise/tfjs-node'),
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
};
