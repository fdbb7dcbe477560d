/**
 * npm run bench -- --million: what a layer of a million units costs to train, in time and memory, and how cost grows with the
 * width. Takes about four minutes and is recorded in bench/results/million.
 */

import {execFile} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs, promisify} from 'node:util';
import type {BackendName} from '../backends';
import {provenance, ROOT} from '../machine';
import {fileNameOf, rounded} from '../record';
import {page, scalingLines, stepLines} from './report';
import type {Job, MillionResults, Scaling, StepRow} from './results';

const BACKENDS: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu'];
const FOLDER = path.join(ROOT, 'bench/results/million');
const WIDTH = 2 ** 20;

const USAGE = `npm run bench -- --million [options]
  --backend NAME  only this one of ${BACKENDS.join(', ')}; may be repeated
  --quick         2^14 units, widths up to 2^14: to see that it works
Only a run without options is recorded in bench/results/million.`;

export async function main(): Promise<void> {
  const {values: options} = parseArgs({
    options: {
      backend: {type: 'string', multiple: true},
      quick: {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
  });
  if (options.help) return console.log(USAGE);
  const unknown = options.backend?.find((name) => !BACKENDS.includes(name as BackendName));
  if (unknown !== undefined) throw new Error(`there is no backend '${unknown}'.\n${USAGE}`);
  const chosen = BACKENDS.filter((name) => options.backend?.includes(name) ?? true);
  const width = options.quick ? 2 ** 14 : WIDTH;
  const widths = Array.from({length: options.quick ? 5 : 13}, (_, i) => 2 ** (10 + i));
  const results: MillionResults = {...provenance(), steps: [], scalings: [], missing: []};
  for (const backend of chosen) {
    try {
      for (const layers of [1, 2, 3, 4]) results.steps.push((await run({backend, layers, width})) as StepRow);
      results.scalings.push((await run({backend, widths})) as Scaling);
    } catch (error) {
      results.missing.push({backend, reason: (error as Error).message});
      console.log(`${backend}: not measured, ${(error as Error).message}\n`);
      continue;
    }
    const ofThis = <T extends {backend: BackendName}>(all: T[]) => all.filter((row) => row.backend === backend);
    for (const line of [...stepLines(ofThis(results.steps)), '', ...scalingLines(ofThis(results.scalings)), '']) {
      console.log(line);
    }
  }
  if (options.quick || options.backend) return;
  mkdirSync(FOLDER, {recursive: true});
  const file = path.join(FOLDER, fileNameOf(results.machine));
  writeFileSync(file, `${JSON.stringify(results, rounded, 1)}\n`);
  writeFileSync(path.join(FOLDER, 'README.md'), page(results));
  console.log(`Recorded in ${path.relative(ROOT, file)}.`);
}

/** In a process of its own: the peak of the memory is that of this measurement alone. */
async function run(job: Job): Promise<StepRow | Scaling> {
  const args = [...process.execArgv, path.join(__dirname, 'job.ts'), JSON.stringify(job)];
  try {
    const {stdout} = await promisify(execFile)(process.execPath, args, {cwd: ROOT});
    return JSON.parse(stdout.trim().split('\n').at(-1)!);
  } catch (error) {
    const {stderr, signal, code} = error as {stderr?: string; signal?: string; code?: number};
    throw new Error(stderr?.trim().split('\n').at(-1) || `its process ended with ${signal ?? code}`);
  }
}
