import * as tf from '@tensorflow/tfjs';
import type {BackendName} from './messages';

/** Brings a backend into this worker and makes it the active one. */
export async function startBackend(name: BackendName): Promise<void> {
  // Asked for by name, a software driver is better than a refusal.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  await LOAD[name]();
  if (!(await tf.setBackend(name))) {
    throw new Error(`The backend ${name} does not start in this browser. Choose another one.`);
  }
  await tf.ready();
}

const LOAD: Record<BackendName, () => Promise<void>> = {
  cpu: async () => {},
  webgl: async () => {},
  wasm: async () => {
    const [{setWasmPaths}, ...files] = await Promise.all([
      import('@tensorflow/tfjs-backend-wasm'),
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
    ]);
    const [plain, simd] = files.map((file) => file.default);
    // Threads cost more than they give on networks of this size; and not every host sends the headers they need.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plain,
      'tfjs-backend-wasm-simd.wasm': simd,
      'tfjs-backend-wasm-threaded-simd.wasm': simd,
    });
  },
  webgpu: async () => {
    await import('@tensorflow/tfjs-backend-webgpu');
  },
};
