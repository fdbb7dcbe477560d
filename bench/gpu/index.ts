/**
 * npm run bench -- --gpu: the kernels on WebGPU, in Node and in Chromium, on a machine with a GPU: right or wrong, time,
 * dispatches and bytes. Needs no network, and at most four minutes.
 */

import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {start} from '../backends';
import {provenance, ROOT} from '../machine';
import {progress} from '../progress';
import {rounded} from '../record';
import {measureInChromium} from './chromium';
import {measureGpu} from './measure';
import {LEGEND, page, runLines} from './report';
import type {GpuResults, GpuRun} from './results';

const FOLDER = path.join(ROOT, 'bench/results/gpu');
/** For each runtime. */
const SECONDS = 100;
/** Share of the largest value that float32 and sums of 2^24 terms may be wrong by. */
const TOLERANCE = 1e-4;

const USAGE = `npm run bench -- --gpu [options]
  --out FOLDER  writes results.json and README.md there, instead of into bench/results/gpu
The system's own Vulkan driver is taken, or the one that VK_ICD_FILENAMES names; SwiftShader where there is none: its times
claim nothing, and are not recorded without --out.`;

export async function main(): Promise<void> {
  const {values: options} = parseArgs({
    options: {out: {type: 'string'}, help: {type: 'boolean', default: false}},
  });
  if (options.help) return console.log(USAGE);
  tf.enableProdMode();
  const results: GpuResults = {...provenance(), runs: [], missing: []};
  const measurements: Record<GpuRun['runtime'], () => Promise<GpuRun>> = {
    'Node (Dawn)': async () => {
      await start('webgpu', {systemDriver: true});
      return measureGpu('Node (Dawn)', SECONDS, progress);
    },
    Chromium: () => measureInChromium(SECONDS, progress),
  };
  for (const line of LEGEND) console.log(line);
  for (const [runtime, measure] of Object.entries(measurements) as [GpuRun['runtime'], () => Promise<GpuRun>][]) {
    try {
      const run = await measure();
      results.runs.push(run);
      progress('');
      for (const line of ['', ...runLines(run)]) console.log(line);
    } catch (error) {
      progress('');
      const [reason] = (error as Error).message.split('\n');
      results.missing.push({runtime, reason});
      console.log(`\n${runtime}: not measured, ${reason}`);
    }
  }
  const wrong = results.runs.flatMap(({rows}) => rows).filter(({difference}) => !(difference <= TOLERANCE));
  if (wrong.length > 0) process.exitCode = 1;
  for (const {kernel, shape, difference} of wrong) console.log(`WRONG: ${kernel} of [${shape}] by ${difference}`);
  if (results.runs.length === 0) process.exitCode = 1;
  else if (options.out) write(results, options.out, 'results');
  else if (results.runs.some(({software}) => !software)) write(results, FOLDER, nameOf(results));
}

const nameOf = ({runs}: GpuResults) =>
  runs
    .find(({software}) => !software)!
    .adapter.toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');

function write(results: GpuResults, folder: string, name: string): void {
  mkdirSync(folder, {recursive: true});
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(results, rounded, 1)}\n`);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const all = files.sort().map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
  writeFileSync(path.join(folder, 'README.md'), page(all));
  console.log(`\nRecorded in ${path.join(folder, `${name}.json`)}.`);
}
