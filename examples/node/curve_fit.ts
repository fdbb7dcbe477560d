/** Fits a convex curve by a triangle wave and by a dense network, and shows where the fitted functions bend. */

import {parseArgs} from 'node:util';
import {count} from '../choices';
import {startBackend} from './backend';
import {CURVE_STEPS, fitCurve, reportCurve} from './curve';

const {values} = parseArgs({
  options: {steps: {type: 'string', default: String(CURVE_STEPS)}, out: {type: 'string', default: 'out'}},
});

async function main() {
  const steps = count('steps', values.steps);
  await startBackend('cpu'); // the fastest for layers this small
  reportCurve(await fitCurve(steps), values.out);
}

main();
