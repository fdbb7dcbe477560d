/** npm run reliability -- determinism: the same seed gives the same bits in two processes, and nearly the same numbers on all backends. */

import path from 'node:path';
import {BACKENDS, type BackendName} from '../../bench/backends';
import {count, oneOf} from '../../examples/choices';
import {runInChild} from '../runner/child';
import {chosenBackends} from '../runner/chosen_backends';
import {runCommand, type Values} from '../runner/command';
import type {Row} from '../runner/record';
import {differenceOf, TOLERANCES, toleranceOf} from './tolerance';
import type {Trial} from './trial';

const HELP = `Runs every op, every layer and a training from one seed twice on each backend, at the same time in two processes.

npm run reliability -- determinism [options]

  --backend NAME  ${BACKENDS.join(', ')}; may be repeated (default: all)
  --steps N       of the training (default: 50)
  --seed S        (default: 1)
  --fault seed    the second process has another seed: the run must fail
  --record        writes the result into RELIABILITY.md
`;

const OPTIONS = {
  backend: {type: 'string', multiple: true},
  steps: {type: 'string', default: '50'},
  seed: {type: 'string', default: '1'},
  fault: {type: 'string'},
} as const;

async function run(options: Values<typeof OPTIONS>): Promise<readonly Row[] | null> {
  const [steps, seed] = [count('steps', options.steps), count('seed', options.seed)];
  if (options.fault) oneOf('fault', options.fault, ['seed']);
  const trials = new Map<BackendName, Trial>();
  const rows: Row[] = [];
  for (const backend of chosenBackends(options.backend)) {
    const trial = (seed: number) =>
      runInChild<Trial>(backend, path.join(__dirname, 'trial.ts'), [backend, String(steps), String(seed)]);
    const [one, two] = await Promise.all([trial(seed), trial(options.fault ? seed + 1 : seed)]);
    trials.set(backend, one);
    const results = Object.keys(one);
    const differing = results.filter((what) => one[what] !== two[what]);
    const others = [...trials].filter(([name]) => name !== backend).map(([name, trial]) => apart(name, trial, one));
    const verdict = `${differing.length} of ${results.length} results differ in bits`;
    console.log(`${backend.padEnd(10)} ${verdict} between two processes`);
    for (const what of differing) console.log(`  ${what}`);
    for (const {text} of others) console.log(`  ${text}`);
    if (differing.length > 0 || others.some(({isFar}) => isFar)) process.exitCode = 1;
    rows.push({
      what: `same seed, two processes, ${backend}: ops, layers, weights, a training of ${steps} steps`,
      howMany: `${results.length} results`,
      result: [verdict, ...others.slice(0, 1).map(({text}) => text)].join('; '),
      command: `npm run reliability -- determinism --steps ${steps}`,
    });
  }
  return rows;
}

/** The largest relative differences of two backends, of each kind of result. */
function apart(name: BackendName, expected: Trial, actual: Trial): {text: string; isFar: boolean} {
  let isFar = false;
  const parts = TOLERANCES.map(({kind, tolerance}) => {
    const own = Object.keys(expected).filter((what) => toleranceOf(what)?.kind === kind);
    const largest = Math.max(...own.map((what) => differenceOf(expected[what], actual[what])));
    isFar ||= !(largest <= tolerance);
    return `${kind} ${largest.toExponential(0)}${largest <= tolerance ? '' : `, MORE than ${tolerance}`}`;
  });
  return {text: `relative differences from ${name}: ${parts.join(', ')}`, isFar};
}

runCommand({name: 'determinism', help: HELP, options: OPTIONS, run});
