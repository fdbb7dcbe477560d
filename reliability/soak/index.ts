/** npm run reliability -- soak: long trainings on each backend, with the memory watched; threads; backends that come and go. */

import path from 'node:path';
import {Worker} from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import {BACKENDS, type BackendName, start} from '../../bench/backends';
import {count} from '../../examples/choices';
import {mapConcurrent, runInChild} from '../runner/child';
import {chosenBackends} from '../runner/chosen_backends';
import {runCommand, type Values} from '../runner/command';
import type {Row} from '../runner/record';
import {curve, describe, passes, type Verdict} from './memory_growth';
import {soak} from './train';

const HELP = `Trains a model of every layer for long, and watches tensors, handles and memory.

npm run reliability -- soak [options]

  --steps N        on each backend (default: 2000); 100000 is what RELIABILITY.md reports
  --backend NAME   only this one (default: ${BACKENDS.join(', ')})
  --record         writes the result into RELIABILITY.md
`;
const SAMPLES = 200;

const OPTIONS = {
  steps: {type: 'string', default: '2000'},
  backend: {type: 'string'},
  json: {type: 'boolean', default: false},
} as const;

async function run(options: Values<typeof OPTIONS>): Promise<readonly Row[] | null> {
  const steps = count('steps', options.steps);
  if (options.json) {
    console.log(JSON.stringify(await watch(options.backend as BackendName, steps)));
    return null;
  }
  const chosen = chosenBackends(options.backend);
  const verdicts = await mapConcurrent(chosen, 2, (backend) => inProcessOfItsOwn(backend, steps));
  if (!verdicts.every(passes)) process.exitCode = 1;
  return verdicts.map((verdict) => ({
    what: `training steps of a model of every layer on ${verdict.backend}, two threads, a restarted backend`,
    howMany: `${steps.toLocaleString('en-US')} steps`,
    result: describe(verdict),
    command: `npm run reliability -- soak --backend ${verdict.backend} --steps ${steps}`,
  }));
}

async function inProcessOfItsOwn(backend: BackendName, steps: number): Promise<Verdict> {
  const args = ['--backend', backend, '--steps', String(steps), '--json'];
  const verdict = await runInChild<Verdict>(backend, __filename, args, {nodeArgs: ['--expose-gc']});
  console.log(`${backend}: ${describe(verdict)}`);
  console.log(`  process memory, MB: ${curve(verdict.samples.map(({processMB}) => processMB))}`);
  return verdict;
}

async function watch(backend: BackendName, steps: number): Promise<Verdict> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start(backend);
  const half = Math.ceil(steps / 2);
  const samples = await soak(half, SAMPLES / 2);
  const restarts = await remake(backend);
  samples.push(...(await soak(steps - half, SAMPLES / 2)));
  return {backend, samples, restarts, threads: await inThreads(backend)};
}

/** Goes to another backend, and comes back to one that was restarted (TensorFlow itself is one for the process). */
async function remake(backend: BackendName): Promise<boolean> {
  const {factory} = tf.engine().registryFactory[backend];
  if (backend !== 'cpu') await tf.setBackend('cpu');
  tf.removeBackend(backend);
  tf.registerBackend(backend, factory);
  return tf.setBackend(backend);
}

// tsx translates in a worker only what is required after itself.
const START = "require('tsx/cjs'); require(require('node:worker_threads').workerData.script);";

/** Two threads at once against one after the other. */
async function inThreads(backend: BackendName): Promise<boolean> {
  const train = (seed: number) =>
    new Promise<string>((resolve, reject) => {
      const script = path.join(__dirname, 'worker.ts');
      const worker = new Worker(START, {eval: true, workerData: {script, backend, seed, steps: 50}});
      worker.once('message', (weights) => resolve(JSON.stringify(weights)));
      worker.once('error', reject);
    });
  const together = await Promise.all([train(1), train(2)]);
  const alone = [await train(1), await train(2)];
  return together.join() === alone.join();
}

runCommand({name: 'soak', help: HELP, options: OPTIONS, run});
