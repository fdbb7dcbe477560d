/** What the instruments take for networks of images, each in a process of its own: time, and memory at most. */

import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {fileSystem} from 'tfjs-piecewise/node';
import {time} from '../format';
import {ROOT} from '../machine';
import {INSTRUMENT_NAMES, type Instrument, type Job, type Measured} from './job';
import {NETWORKS, type NetworkName} from './networks';

const run = promisify(execFile);

export interface NetworkRow extends Measured {
  network: NetworkName;
  /** What has saved the model. */
  from: 'TensorFlow.js' | 'Keras';
  instrument: Instrument;
}

export const NETWORK_HEADER = [
  'network',
  'instrument',
  'saved by',
  'found',
  'processor time',
  'memory',
  'of which before',
];

/** A model of TensorFlow.js, read into Keras and saved by it. */
const THROUGH_KERAS =
  'import sys; from tfjs_piecewise_keras import load_model, save_model; save_model(load_model(sys.argv[1]), sys.argv[2])';

/** Measures all; with the path of a Python that has Keras, also the same networks as Keras saves them. */
export async function measureImageNetworks(python: string | undefined, done: (row: NetworkRow) => void): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'image-networks-'));
  try {
    for (const [i, network] of (Object.keys(NETWORKS) as NetworkName[]).entries()) {
      const own = path.join(folder, `own_${i}`);
      const model = NETWORKS[network]();
      await model.save(fileSystem(own));
      model.dispose();
      const saved: [NetworkRow['from'], string][] = [['TensorFlow.js', own]];
      if (python) {
        const converted = path.join(folder, `keras_${i}`);
        const env = {...process.env, PYTHONPATH: path.join(ROOT, 'python/src')};
        await run(python, ['-c', THROUGH_KERAS, own, converted], {cwd: ROOT, env});
        saved.push(['Keras', converted]);
      }
      for (const instrument of INSTRUMENT_NAMES) {
        for (const [from, at] of saved) done({network, from, instrument, ...(await measure({folder: at, instrument}))});
      }
    }
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** In a process of its own: the peak of the memory is that of this measurement alone. */
async function measure(job: Job): Promise<Measured> {
  const args = [...process.execArgv, path.join(__dirname, 'job.ts'), JSON.stringify(job)];
  const {stdout} = await run(process.execPath, args, {cwd: ROOT});
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

export function networkCells({
  network,
  instrument,
  from,
  found,
  processorMilliseconds: all,
  megabytes,
}: NetworkRow): string[] {
  const once = time({median: all, quartiles: [all, all], turns: 1});
  return [network, instrument, from, found, once, `${megabytes.peak} MB`, `${megabytes.before} MB`];
}
