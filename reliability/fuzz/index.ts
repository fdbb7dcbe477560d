/** npm run reliability -- fuzz: random cases of every op and layer, on every backend, against double precision. */

import * as tf from '@tensorflow/tfjs';
import {type BackendName, start} from '../../bench/backends';
import {mapConcurrent, runInChild} from '../runner/child';
import {runCommand} from '../runner/command';
import type {Row} from '../runner/record';
import {inject} from './faults';
import {HELP, OPTIONS, type Options, optionsOf} from './options';
import {type Failure, type Outcome, run} from './run';

interface Tried {
  backend: BackendName;
  outcomes: Outcome[];
  seconds: number;
}

async function tryAll(options: Options): Promise<Row[] | null> {
  if (options.backends.length === 1) {
    const tried = await fuzz(options.backends[0], options);
    if (!options.json) return conclude([tried], options);
    console.log(JSON.stringify(tried));
    return null;
  }
  console.log(`Seed ${options.seed}, ${options.runs} cases.`);
  // Longest first: two processes at a time then end at about the same time.
  const order = [...options.backends].reverse();
  return conclude(await mapConcurrent(order, 2, (backend) => inProcessOfItsOwn(backend, options)), options);
}

/** Cases of a backend. SwiftShader takes a thousand times as long as the others. */
function share(backend: BackendName, {backends, runs}: Options): number {
  const gpu = Math.min(Math.ceil(runs / 100), Math.max(200, Math.ceil(runs / 1000)));
  if (backend === 'webgpu') return gpu;
  const others = backends.filter((name) => name !== 'webgpu').length;
  return Math.ceil((runs - (others < backends.length ? gpu : 0)) / others);
}

async function fuzz(backend: BackendName, options: Options): Promise<Tried> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start(backend);
  if (options.fault) inject(options.fault);
  const began = Date.now();
  const outcomes = await run(options.runs, options.seed, {
    only: options.property,
    path: options.path,
    onProgress: (done) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${backend}: ${done} cases`),
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return {backend, outcomes, seconds: (Date.now() - began) / 1000};
}

/** Native libraries of two backends would share a process, and one that crashes would take the others with it. */
async function inProcessOfItsOwn(backend: BackendName, options: Options): Promise<Tried> {
  const args = [
    '--backend',
    backend,
    '--runs',
    String(share(backend, options)),
    '--seed',
    String(options.seed),
    '--json',
  ];
  if (options.property) args.push('--property', options.property);
  if (options.fault) args.push('--fault', options.fault);
  const tried = await runInChild<Tried>(backend, __filename, args);
  console.log(summary(tried));
  return tried;
}

const casesOf = ({outcomes}: Tried) => outcomes.reduce((sum, {runs}) => sum + runs, 0);
const failuresOf = ({outcomes}: Tried) => outcomes.flatMap(({failure}) => (failure ? [failure] : []));

function summary(tried: Tried): string {
  const {backend, seconds} = tried;
  return `${backend.padEnd(10)} ${casesOf(tried)} cases in ${seconds.toFixed(0)} s, ${failuresOf(tried).length} properties failed`;
}

function conclude(all: Tried[], options: Options): Row[] {
  for (const tried of all) for (const failure of failuresOf(tried)) console.log(describe(tried.backend, failure));
  const cases = all.reduce((sum, tried) => sum + casesOf(tried), 0);
  const failed = all.flatMap(failuresOf);
  console.log(`${cases} cases, ${failed.length} failed (seed ${options.seed}).`);
  if (failed.length > 0) process.exitCode = 1;
  return [
    {
      what: 'random cases of every op and layer, valid and not, against double precision',
      howMany: `${cases.toLocaleString('en-US')} (${all.map((tried) => `${tried.backend} ${casesOf(tried).toLocaleString('en-US')}`).join(', ')})`,
      command: `npm run reliability -- fuzz --runs ${options.runs} --seed ${options.seed}`,
      result: failed.length === 0 ? '0 wrong, 0 crashes, 0 leaks' : `${failed.length} properties failed`,
    },
  ];
}

function describe(backend: BackendName, {property, kind, seed, path, smallest, message}: Failure): string {
  const again = `npm run reliability -- fuzz --backend ${backend} --property '${property}' --seed ${seed} --path ${path}`;
  return `\n${backend}, ${property}: ${kind}\n  ${message.split('\n').slice(0, 6).join('\n  ')}\n  case: ${smallest}\n  again: ${again}\n`;
}

runCommand({name: 'fuzz', help: HELP, options: OPTIONS, run: async (values) => tryAll(optionsOf(values))});
