/**
 * npm run bench -- --steps: what a person waits for, whole training steps and predictions, beside dense networks and beside
 * PyTorch. Takes about five minutes and is recorded in bench/results/steps.
 */

import path from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {type BackendName, start} from '../backends';
import type {Effort} from '../compare';
import {provenance, ROOT} from '../machine';
import {progress} from '../progress';
import {recordIn} from '../record';
import {measureNetwork} from './measure';
import {NETWORKS, QUICK_NETWORKS} from './networks';
import {PyTorch} from './pytorch';
import {INTRODUCTION, LEGEND, rivalLines, section, stepsLines} from './report';
import type {StepsResults} from './results';

const BACKENDS: readonly BackendName[] = ['wasm', 'tensorflow'];
const FOLDER = path.join(ROOT, 'bench/results/steps');

const USAGE = `npm run bench -- --steps [options]
  --pytorch PYTHON  the same networks in PyTorch, too, by this Python, in which \`pip install torch\` has been done
  --backend NAME    only this one of ${BACKENDS.join(', ')}; may be repeated
  --quick           small networks and few turns: to see that it works
Only a run without --backend and --quick is recorded in bench/results/steps.`;

export async function main(): Promise<void> {
  const {values: options} = parseArgs({
    options: {
      pytorch: {type: 'string'},
      backend: {type: 'string', multiple: true},
      quick: {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
  });
  if (options.help) return console.log(USAGE);
  const unknown = options.backend?.find((name) => !BACKENDS.includes(name as BackendName));
  if (unknown !== undefined) throw new Error(`there is no backend '${unknown}' here.\n${USAGE}`);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  const results: StepsResults = {...provenance(), rows: [], missing: []};
  const torch = options.pytorch === undefined ? undefined : await PyTorch.start(options.pytorch);
  if (torch) results.versions.pytorch = torch.version;
  const effort: Effort = options.quick ? {turns: 7, budget: 100} : {turns: 21, budget: 2000};
  try {
    for (const backend of BACKENDS.filter((name) => options.backend?.includes(name) ?? true)) {
      const started = await start(backend).catch((error: Error) => error);
      if (started instanceof Error) {
        results.missing.push({backend, reason: started.message.split('\n')[0]});
        continue;
      }
      if (started.version) results.versions[backend] = started.version;
      for (const network of options.quick ? QUICK_NETWORKS : NETWORKS) {
        progress(`${backend}: ${network.name}`);
        results.rows.push(await measureNetwork(network, backend, effort, torch));
      }
    }
  } finally {
    torch?.stop();
    progress('');
  }
  for (const {backend, reason} of results.missing) console.log(`${backend}: not measured, ${reason}`);
  for (const line of [...LEGEND, '', ...stepsLines(results.rows), '', ...rivalLines(results.rows)]) console.log(line);
  if (options.quick || options.backend) return;
  console.log(`Recorded in ${recordIn(FOLDER, results, INTRODUCTION, section)}.`);
}
