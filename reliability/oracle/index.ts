/** npm run reliability -- oracle: the instruments on random networks of every layer, against exact rational numbers. */

import * as tf from '@tensorflow/tfjs';
import {count} from '../../examples/choices';
import {describe, tryNets} from '../../test/oracle/try_nets';
import {runCommand, type Values} from '../runner/command';
import type {Row} from '../runner/record';

const HELP = `Regions along segments and in windows of random networks of every layer, counted in exact rational numbers.

npm run reliability -- oracle [options]

  --runs N       networks (default: 2000); 20000 is what RELIABILITY.md reports
  --seed S       of the first network, an integer >= 0 (default: 1); the others follow
  --record       writes the result into RELIABILITY.md
`;

const OPTIONS = {
  runs: {type: 'string', default: '2000'},
  seed: {type: 'string', default: '1'},
} as const;

async function run(options: Values<typeof OPTIONS>): Promise<readonly Row[]> {
  const [runs, seed] = [count('runs', options.runs), count('seed', options.seed)];
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const showProgress = (done: number) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${done} networks`);
  const {nets, answers, wrong, near, unsure, kinds} = await tryNets({runs, seed, onProgress: showProgress});
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  for (const answer of wrong) console.log(describe(answer));
  for (const {kind, ...of} of kinds.filter((count) => count.wrong + count.near > 0)) {
    const rate = ((1000 * of.wrong) / of.answers).toFixed(0);
    console.log(`${kind.padEnd(30)} ${rate} of 1,000 wrong (${of.wrong} of ${of.answers}; near 0: ${of.near})`);
  }
  const result = `${wrong.length} wrong; ${unsure} say that they may not be exact, ${near} hang on numbers below 2^-40 of their terms`;
  console.log(`${nets} networks, ${answers} answers: ${result}.`);
  if (wrong.length > 0) process.exitCode = 1;
  return [
    {
      what: 'linear regions of random networks of every layer, along segments and in windows, against exact rational numbers',
      howMany: `${nets.toLocaleString('en-US')} networks, ${answers.toLocaleString('en-US')} answers`,
      result,
      command: `npm run reliability -- oracle --runs ${runs} --seed ${seed}`,
    },
  ];
}

runCommand({name: 'oracle', help: HELP, options: OPTIONS, run});
