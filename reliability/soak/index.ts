/** npm run soak: long trainings on each backend, with the memory watched; threads; backends that come and go. */

import path from 'node:path';
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import {type BackendName, start, stopGpu} from '../../bench/backends';
import {count} from '../../examples/choices';
import {inChild, inTurns} from '../child';
import {chosenBackends} from '../chosen_backends';
import {record} from '../record';
import {type Sample, soak} from './train';

const HELP = `Trains a model of every layer for long, and watches tensors, handles and memory.

npm run soak -- [options]

  --steps N        on each backend (default: 2000); 100000 is what RELIABILITY.md reports
  --backend NAME   only this one (default: cpu, wasm, tensorflow)
  --record         writes the result into RELIABILITY.md
`;
const SAMPLES = 40;
/** Part of a run in which caches fill and code is compiled. */
const WARM_UP = 0.25;
const GROWTH = 0.02;

const {values: options} = parseArgs({
  options: {
    steps: {type: 'string', default: '2000'},
    backend: {type: 'string'},
    record: {type: 'boolean', default: false},
    json: {type: 'boolean', default: false},
    help: {type: 'boolean', default: false},
  },
});

interface Verdict {
  backend: BackendName;
  samples: Sample[];
  /** Trained in two threads at the same time, and each alone: same weights. */
  threads: boolean;
  /** The backend disposed and made again in between. */
  restarts: boolean;
}

async function main(): Promise<void> {
  if (options.help) return console.log(HELP);
  const steps = count('steps', options.steps);
  if (options.json) return console.log(JSON.stringify(await watch(options.backend as BackendName, steps)));
  const chosen = chosenBackends(options.backend, ['cpu', 'wasm', 'tensorflow']);
  const verdicts = await inTurns(chosen, 2, (backend) => inProcessOfItsOwn(backend, steps));
  const bad = verdicts.filter((verdict) => !isFlat(verdict) || !verdict.threads || !verdict.restarts);
  if (bad.length > 0) process.exitCode = 1;
  if (options.record) {
    record(
      verdicts.map((verdict) => ({
        what: `training steps of a model of every layer on ${verdict.backend}, two threads, a backend made anew`,
        howMany: `${steps.toLocaleString('en-US')} steps`,
        result: describe(verdict),
        command: `npm run soak -- --steps ${steps}`,
      })),
    );
  }
}

async function inProcessOfItsOwn(backend: BackendName, steps: number): Promise<Verdict> {
  const args = ['--backend', backend, '--steps', String(steps), '--json'];
  const verdict = await inChild<Verdict>(backend, __filename, args, {nodeArgs: ['--expose-gc']});
  console.log(`${backend}: ${describe(verdict)}`);
  console.log(`  process memory, MB: ${curve(verdict.samples.map(({processMB}) => processMB))}`);
  return verdict;
}

async function watch(backend: BackendName, steps: number): Promise<Verdict> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start(backend);
  const half = Math.ceil(steps / 2);
  const samples = await soak(half, SAMPLES / 2, () => {});
  const restarts = await remake(backend);
  samples.push(...(await soak(steps - half, SAMPLES / 2, () => {})));
  return {backend, samples, restarts, threads: await inThreads(backend)};
}

/** cpu and wasm can be disposed and made again; TensorFlow is one for the process. */
async function remake(backend: BackendName): Promise<boolean> {
  if (backend === 'tensorflow') return true;
  const factory = tf.findBackendFactory(backend);
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

/** What is held at the end, against the end of the warm-up. */
function isFlat({samples}: Verdict): boolean {
  const [first, last] = [samples[Math.floor(WARM_UP * samples.length)], samples[samples.length - 1]];
  const isSame = (key: 'tensors' | 'handles' | 'heapMB') => last[key] <= first[key];
  return isSame('tensors') && isSame('handles') && isSame('heapMB') && growth(samples) <= GROWTH;
}

/** Of the process, from the largest of the second quarter to the largest of the last: single samples jump. */
function growth(samples: Sample[]): number {
  const quarter = Math.floor(samples.length / 4);
  const most = (part: Sample[]) => Math.max(...part.map(({processMB}) => processMB));
  return most(samples.slice(-quarter)) / most(samples.slice(quarter, 2 * quarter)) - 1;
}

function describe(verdict: Verdict): string {
  const {samples, threads, restarts} = verdict;
  const [first, last] = [samples[Math.floor(WARM_UP * samples.length)], samples[samples.length - 1]];
  const more = (key: 'tensors' | 'handles' | 'heapMB') => `${last[key] - first[key]} ${key}`;
  const percent = `${(100 * growth(samples)).toFixed(1)} % process memory`;
  const others = `threads ${threads ? 'equal' : 'DIFFER'}, backend ${restarts ? 'made anew' : 'NOT made anew'}`;
  return `${isFlat(verdict) ? 'flat' : 'GREW'} (+${more('tensors')}, +${more('handles')}, +${more('heapMB')}, ${percent}), ${others}`;
}

/** Numbers as a line of blocks between their least and largest. */
function curve(values: number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const blocks = values.map((value) => '▁▂▃▄▅▆▇█'[Math.round((7 * (value - low)) / (high - low || 1))]);
  return `${low.toFixed(0)} ${blocks.join('')} ${high.toFixed(0)}`;
}

main()
  .catch((error: Error) => {
    console.error(`soak: ${error.message}`);
    process.exitCode = 2;
  })
  .finally(stopGpu);
