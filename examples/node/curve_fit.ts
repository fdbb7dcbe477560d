/** Fits a convex curve by a triangle wave and by a dense network, and shows where the fitted functions bend. */

import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {count} from '../choices';
import {startBackend} from './backend';
import {curveChart, curveText, fitCurve} from './curve';
import {replaceFile} from './files';

const {values} = parseArgs({
  options: {steps: {type: 'string', default: '600'}, out: {type: 'string', default: 'out'}},
});

async function main() {
  const steps = count('steps', values.steps);
  await startBackend('cpu'); // the fastest for layers this small
  const fits = await fitCurve(steps);
  const file = join(values.out, 'curve_fit.svg');
  replaceFile(file, curveChart(fits));
  console.log(`${curveText(fits)}\n\nThe picture is in ${file}.`);
}

main();
