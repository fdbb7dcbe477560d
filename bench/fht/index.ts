/**
 * npm run bench -- --fht: transforms on tensorflow beside fht-cpu, the fastest package of PyPI for them. Takes half a minute
 * and is recorded in bench/results/fht.
 */

import path from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {start} from '../backends';
import type {Effort} from '../compare';
import type {Shape} from '../kernels';
import {provenance, ROOT} from '../machine';
import {progress} from '../progress';
import {recordIn} from '../record';
import {measureShape, startFht} from './measure';
import {fhtLines, INTRODUCTION, LEGEND, section} from './report';
import type {FhtResults} from './results';

const FOLDER = path.join(ROOT, 'bench/results/fht');
const SHAPES: Shape[] = [
  [64, 1024],
  [64, 2048],
  [32, 4096],
  [64, 4096],
  [1, 2 ** 14],
];

const USAGE = `npm run bench -- --fht [options]
  --python PYTHON  a Python in which \`pip install fht-cpu\` has been done
  --quick          few turns: to see that it works
Only a run without --quick is recorded in bench/results/fht.`;

export async function main(): Promise<void> {
  const {values: options} = parseArgs({
    options: {
      python: {type: 'string'},
      quick: {type: 'boolean', default: false},
      help: {type: 'boolean', default: false},
    },
  });
  if (options.help) return console.log(USAGE);
  if (options.python === undefined) throw new Error(`--python is missing.\n${USAGE}`);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  const results: FhtResults = {...provenance(), rows: []};
  const {version} = await start('tensorflow');
  const fht = await startFht(options.python);
  Object.assign(results.versions, {
    tensorflow: version,
    'fht-cpu': `${fht.greeting.version}, ${fht.greeting.threads} threads`,
  });
  const effort: Effort = options.quick ? {turns: 5, budget: 200} : {turns: 51, budget: 2000};
  try {
    for (const shape of SHAPES) {
      progress(`[${shape}]`);
      results.rows.push(await measureShape(shape, fht, effort));
    }
  } finally {
    fht.stop();
    progress('');
  }
  for (const line of [...LEGEND, '', ...fhtLines(results.rows)]) console.log(line);
  if (!options.quick) console.log(`Recorded in ${recordIn(FOLDER, results, INTRODUCTION, section)}.`);
}
