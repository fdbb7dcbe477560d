/**
 * npm run bench -- --against COMMIT: whole steps and predictions of this commit beside those of an earlier one, which is built
 * in a folder that goes with it. Takes about fifteen minutes and is recorded in bench/results/against.
 */

import os from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {type BackendName, whyMissing} from '../backends';
import {provenance, ROOT} from '../machine';
import {progress} from '../progress';
import {recordIn} from '../record';
import {checkOut} from './checkout';
import {type LongTurns, measureRow} from './measure';
import {againstLines, INTRODUCTION, LEGEND, optimizerLines, section, thenText} from './report';
import type {AgainstResults, NetworkName, What} from './results';

const BACKENDS: readonly BackendName[] = ['wasm', 'tensorflow'];
const FOLDER = path.join(ROOT, 'bench/results/against');
const STEPS: What[] = ['step, Adam', 'step, AdamW'];

const PLANS: [NetworkName, What[]][] = [
  ['digits: 64, 2 x 256, 10', [...STEPS, 'one input']],
  ['784, 4 x 1024, 10', [...STEPS, 'one input']],
  ['784, 1 x 2^20, 10 read', STEPS],
  ['784, 4 x 2^20, 10 read', STEPS],
];
const QUICK_PLANS: typeof PLANS = [['quick: 16, 2 x 32, 10', [...STEPS, 'one input']]];

const USAGE = `npm run bench -- --against [options] COMMIT
  COMMIT          as git names it, such as HEAD~1; 317b1c0 is the last commit before whole steps were made faster
  --backend NAME  only this one of ${BACKENDS.join(', ')}; may be repeated
  --quick         a small network and few turns: to see that it works
Only a run without --backend and --quick is recorded in bench/results/against.`;

export async function main(): Promise<void> {
  const {values: options, positionals} = parseArgs({
    options: {
      backend: {type: 'string', multiple: true},
      quick: {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
    allowPositionals: true,
  });
  if (options.help) return console.log(USAGE);
  const unknown = options.backend?.find((name) => !BACKENDS.includes(name as BackendName));
  if (unknown !== undefined) throw new Error(`there is no backend '${unknown}' here.\n${USAGE}`);
  if (positionals.length !== 1) throw new Error(`it takes one commit, not ${positionals.length}.\n${USAGE}`);
  const chosen = BACKENDS.filter((name) => options.backend?.includes(name) ?? true);
  const missing = chosen.flatMap((backend) => {
    const reason = whyMissing(backend)?.split('\n')[0];
    return reason === undefined ? [] : [{backend, reason}];
  });
  const present = chosen.filter((backend) => missing.every((one) => one.backend !== backend));
  progress(`building ${positionals[0]}`);
  const then = await checkOut(positionals[0], {ownOp: present.includes('tensorflow')});
  const {commit, date, subject} = then;
  const load = os.loadavg()[0];
  const results: AgainstResults = {
    ...provenance(),
    against: {commit, date, subject},
    load: [load, load],
    rows: [],
    missing,
  };
  const effort: LongTurns = options.quick ? {turns: 3, turn: 20, budget: 200} : {turns: 21, turn: 150, budget: 10_000};
  try {
    for (const backend of present) {
      for (const [network, whats] of options.quick ? QUICK_PLANS : PLANS) {
        for (const what of whats) {
          progress(`${backend}: ${network}, ${what}`);
          const {paths, ...row} = await measureRow({network, backend, what}, then.folder, effort);
          results.versions[backend] = [...new Set(paths)].join('; ');
          results.rows.push(row);
        }
      }
    }
  } finally {
    progress('');
    then.remove();
  }
  results.load[1] = os.loadavg()[0];
  for (const line of [...LEGEND, '', ...thenText(results), '', ...againstLines(results.rows), '']) console.log(line);
  for (const line of optimizerLines(results.rows)) console.log(line);
  for (const {backend, reason} of missing) console.log(`${backend}: not measured, ${reason}`);
  if (options.quick || options.backend) return;
  console.log(`Recorded in ${recordIn(FOLDER, results, INTRODUCTION, section)}.`);
}
