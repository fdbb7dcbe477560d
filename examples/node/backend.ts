import * as tf from '@tensorflow/tfjs';
import {BACKENDS, type BackendName} from './options';

const load: Record<BackendName, () => Promise<unknown>> = {
  tensorflow: () => import('@tensorflow/tfjs-node'),
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  cpu: async () => {},
};

/** Starts the wanted backend, or else the fastest that is there. */
export async function startBackend(wanted?: BackendName): Promise<BackendName> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode(); // no checks, and no advice to install what was looked for anyway
  const problems: string[] = [];
  for (const name of wanted ? [wanted] : BACKENDS) {
    try {
      await load[name]();
      if (await tf.setBackend(name)) return name;
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  throw new Error(`No backend could be started. ${problems.join(' ')} Run npm run setup, or choose --backend cpu.`);
}
