/** Computes the numbers of the theory again, beside the published or derived ones. See --help. */

import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import {replaceFile} from '../../node/files';
import {capacityChecks} from './capacity';
import type {Check} from './check';
import {deadNeuronChecks} from './dead_neurons';
import {markdown, summary, table} from './report';
import {symmetryChecks} from './symmetry';
import {trainingChecks} from './training';

const HELP = `npm run reproduce -- theory [options]

  --quick        leaves out what needs training
  --out FOLDER   where report.json and report.md go (default: out/reproduce/theory)
  --help         this text`;

/** Each part of the theory, and whether it trains networks. */
const SECTIONS: {checks: () => Check[] | Promise<Check[]>; trains: boolean}[] = [
  {checks: symmetryChecks, trains: false},
  {checks: capacityChecks, trains: false},
  {checks: deadNeuronChecks, trains: false},
  {checks: trainingChecks, trains: true},
];

async function main(): Promise<void> {
  const {values} = parseArgs({
    options: {
      quick: {type: 'boolean', default: false},
      out: {type: 'string', default: 'out/reproduce/theory'},
      help: {type: 'boolean', default: false},
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  await tf.setBackend('cpu');
  const checks: Check[] = [];
  for (const section of SECTIONS) if (!(values.quick && section.trains)) checks.push(...(await section.checks()));
  replaceFile(join(values.out, 'report.json'), `${JSON.stringify(checks, null, 2)}\n`);
  replaceFile(join(values.out, 'report.md'), markdown(checks));
  console.log(`${table(checks)}\n\n${summary(checks)} report.json and report.md are in ${values.out}.`);
  if (checks.some(({pass}) => !pass)) process.exitCode = 1;
}

main().catch((error: Error) => {
  console.error(`reproduce:theory: ${error.message}`);
  process.exitCode = 1;
});
