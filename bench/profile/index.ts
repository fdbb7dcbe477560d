/** npm run bench -- --profile: where the time of a training step and of a prediction goes, kernel by kernel. Half a minute. */

import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {type BackendName, start} from '../backends';
import {textTable} from '../format';
import {runsOf} from '../steps/measure';
import {NETWORKS} from '../steps/networks';
import {kernelTimes, type Profile, total} from './kernel_times';

/** On a GPU a kernel returns before it has run. */
const BACKENDS: readonly BackendName[] = ['wasm', 'tensorflow', 'cpu'];

const USAGE = `npm run bench -- --profile [options]
  --backend NAME  only this one of ${BACKENDS.join(', ')}; may be repeated
  --runs N        steps and predictions that are counted. Default: 200`;

/** A step takes longer than a prediction, and slows down the first few times. */
const WARM = 50;

export async function main(): Promise<void> {
  const {values: options} = parseArgs({
    options: {
      backend: {type: 'string', multiple: true},
      runs: {type: 'string', default: '200'},
      help: {type: 'boolean', default: false},
    },
  });
  if (options.help) return console.log(USAGE);
  const unknown = options.backend?.find((name) => !BACKENDS.includes(name as BackendName));
  if (unknown !== undefined) throw new Error(`there is no backend '${unknown}'.\n${USAGE}`);
  const runs = Number(options.runs);
  if (!(Number.isInteger(runs) && runs > 0)) throw new Error(`--runs must be a whole number, not '${options.runs}'.`);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  for (const backend of BACKENDS.filter((name) => options.backend?.includes(name) ?? true)) {
    await start(backend);
    for (const network of NETWORKS.filter(({batch}) => batch >= 64)) {
      const {variants, dispose} = runsOf(network, network.ours());
      for (const [what, {run}] of [
        [`step, batch ${network.batch}`, variants.step],
        ['prediction of one input', variants.one],
      ] as const) {
        for (let i = 0; i < WARM; i++) await run();
        show(`${backend}, ${network.name}, ${what}`, await kernelTimes(run, runs));
      }
      dispose();
    }
  }
}

function show(title: string, profile: Profile): void {
  const {milliseconds, kernels} = profile;
  const [inside, calls] = [total(profile, 'milliseconds'), total(profile, 'calls')];
  const percent = (part: number) => `${Math.round((100 * part) / milliseconds)} %`;
  console.log(`${title}: ${milliseconds.toFixed(3)} ms, ${percent(inside)} of it in ${calls} kernels`);
  const rows = kernels.slice(0, 12).map((each) => [each.name, String(each.calls), percent(each.milliseconds)]);
  for (const line of textTable(['kernel', 'calls', 'share'], rows)) console.log(`  ${line}`);
}
