import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';

export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

const LOAD: {[name in BackendName]: () => Promise<unknown>} = {
  tensorflow: () => {
    process.noDeprecation = true; // tfjs-node calls util.isArray, of which Node 22 and later would tell the user
    return import('../node/tfjs_node');
  },
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  cpu: async () => {},
};

/** The backends that are installed here. */
export async function installedBackends(): Promise<BackendName[]> {
  const found: BackendName[] = [];
  for (const name of BACKENDS) if (!(await start(name))) found.push(name);
  return found;
}

/**
 * Makes a backend the active one.
 *
 * @throws If it does not start.
 */
export async function startBackend(name: BackendName, who: string): Promise<void> {
  const problem = await start(name);
  if (!problem) return;
  const fix = `Run \`npm install @tensorflow/${name === 'tensorflow' ? 'tfjs-node' : 'tfjs-backend-wasm'}\`, or leave out --backend.`;
  fail(who, `--backend ${name} must be installed and start`, problem, fix);
}

/** Why a backend cannot be used, or null if it is the active one now. */
async function start(name: BackendName): Promise<string | null> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode(); // no checks, and no advice to install what was looked for anyway
  try {
    await LOAD[name]();
    return (await tf.setBackend(name)) ? null : 'a backend that did not start';
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}
