import {BACKENDS, type BackendName} from '../../bench/backends';
import {count} from '../../examples/choices';
import {chosenBackends} from '../runner/chosen_backends';
import type {Values} from '../runner/command';

export interface Options {
  runs: number;
  seed: number;
  backends: BackendName[];
  property?: string;
  path?: string;
  fault?: string;
  json: boolean;
}

export const HELP = `Random cases of every op and layer against double precision, on every backend of this machine.

npm run reliability -- fuzz [options]

  --runs N          cases in all (default: 20000); 10^6 is what RELIABILITY.md reports
  --seed S          integer (default: from the clock); the same seed gives the same cases
  --backend NAME    ${BACKENDS.join(', ')}; may be repeated (default: all; webgpu gets 1 to 0.1 %)
  --property NAME   only this one
  --path P          with --seed and --property: the one case of a failure that was printed
  --fault NAME      breaks a kernel on purpose, off-by-one or leak: the run must fail
  --record          writes the result into RELIABILITY.md
`;

export const OPTIONS = {
  runs: {type: 'string', default: '20000'},
  seed: {type: 'string'},
  backend: {type: 'string', multiple: true},
  property: {type: 'string'},
  path: {type: 'string'},
  fault: {type: 'string'},
  json: {type: 'boolean', default: false},
} as const;

export function optionsOf(values: Values<typeof OPTIONS>): Options {
  return {
    ...values,
    runs: count('runs', values.runs),
    seed: values.seed === undefined ? Date.now() % 2 ** 31 : integer(values.seed),
    backends: chosenBackends(values.backend),
  };
}

function integer(text: string): number {
  if (!/^-?\d{1,10}$/.test(text)) throw new Error(`--seed must be an integer, but is ${text}. For example --seed 1.`);
  return Number(text);
}
