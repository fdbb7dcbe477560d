import * as tf from '@tensorflow/tfjs';
import {BACKENDS, type BackendName} from './options';

const load: Record<BackendName, () => Promise<unknown>> = {
  tensorflow: () => import('tfjs-piecewise/tfjs-node'),
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  cpu: async () => {},
};

/**
 * Starts the wanted backend, or else the first of tensorflow, wasm and cpu that is there; if that is not the first of them,
 * one line on standard error says why.
 *
 * @param instead What else can be done where tfjs-node is not there.
 * @throws If the wanted backend cannot be started; the message says what to do.
 */
export async function startBackend(wanted?: BackendName, instead = 'leave out --backend'): Promise<BackendName> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode(); // no checks, and no advice to install what was looked for anyway
  const problems: string[] = [];
  for (const backend of wanted ? [wanted] : BACKENDS) {
    const problem = await start(backend);
    if (!problem) {
      if (problems.length > 0) console.error(`Backend ${backend}, since ${problems.join(', and ')}.`);
      return backend;
    }
    problems.push(problem);
  }
  const fix = wanted === 'tensorflow' ? `Run \`npm run setup -- tfjs-node\`, or ${instead}.` : 'Run `npm ci` again.';
  throw new Error(`Backend ${wanted ?? 'of any name'} cannot be used, since ${problems.join(', and ')}. ${fix}`);
}

/** Why a backend cannot be used, or null if it is the active one now. */
async function start(backend: BackendName): Promise<string | null> {
  try {
    await load[backend]();
    return (await tf.setBackend(backend)) ? null : `${backend} did not start`;
  } catch (error) {
    const {message} = error as Error;
    // That of tfjs-node goes on for a page.
    const reason = message.includes('can not be found at path')
      ? 'its native library is not there'
      : message.split('\n')[0];
    return `${backend === 'tensorflow' ? 'tfjs-node' : backend} does not load (${reason.replace(/[.: ]+$/, '')})`;
  }
}
