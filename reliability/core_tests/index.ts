/** npm run reliability -- core-tests: tfjs-core's own specs, with this package imported first and without it. */

import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {oneOf} from '../../examples/choices';
import {runCommand, type Values} from '../runner/command';
import type {Row} from '../runner/record';
import {bundle, CORE_BACKENDS, type CoreBackend, type First} from './bundle';
import type {Results} from './bundled/run';

const HELP = `Runs the specs of tfjs-core with this package imported first, and without it: each must end in the same way.

npm run reliability -- core-tests [options]

  --backend NAME  only this one (default: ${CORE_BACKENDS.join(', ')})
  --only TEXT     only specs with TEXT in their names
  --fault relu    a package that replaces a kernel of tfjs in the place of this one: the run must fail
  --record        writes the result into RELIABILITY.md
`;

const OPTIONS = {
  backend: {type: 'string'},
  only: {type: 'string', default: ''},
  fault: {type: 'string'},
} as const;

interface Comparison {
  backend: CoreBackend;
  specs: number;
  passed: number;
  /** Specs that fail without this package, too: what tfjs lacks on this backend. */
  failedAnyway: number;
  differences: string[];
}

async function run(options: Values<typeof OPTIONS>): Promise<readonly Row[] | null> {
  const first = options.fault ? oneOf('fault', options.fault, ['relu']) && 'fault' : 'package';
  const chosen = options.backend ? [oneOf('backend', options.backend, CORE_BACKENDS)] : CORE_BACKENDS;
  const folder = mkdtempSync(path.join(tmpdir(), 'core-tests-'));
  const all: Comparison[] = [];
  try {
    for (const backend of chosen) {
      const [alone, after] = [
        await results(backend, 'nothing', folder, options.only),
        await results(backend, first, folder, options.only),
      ];
      if (alone.hasPackage || (first === 'package' && !after.hasPackage))
        throw new Error(`${backend}: the package is not where it should be`);
      all.push(compare(backend, alone.specs, after.specs));
      console.log(`${backend.padEnd(10)} ${describe(all[all.length - 1])}`);
      for (const difference of all[all.length - 1].differences.slice(0, 5)) console.log(`  ${difference}`);
    }
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
  if (all.some(({specs, differences}) => specs === 0 || differences.length > 0)) process.exitCode = 1;
  return all.map(rowOf);
}

async function results(backend: CoreBackend, first: First, folder: string, only: string): Promise<Results> {
  const program = await bundle(backend, first);
  const file = path.join(folder, 'results.json');
  rmSync(file, {force: true});
  const env = {...process.env, TF_CPP_MIN_LOG_LEVEL: '2'};
  const {status, signal} = spawnSync(process.execPath, [program, file, only], {env, stdio: 'inherit'});
  if (status !== 0) throw new Error(`${backend} after ${first}: the process ended with ${signal ?? status}`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Spec by spec: they run in a fixed order, and some have the same name. */
function compare(backend: CoreBackend, alone: Results['specs'], after: Results['specs']): Comparison {
  const differences: string[] = [];
  for (let i = 0; i < Math.max(alone.length, after.length); i++) {
    const [name, status] = alone[i] ?? [undefined, 'missing'];
    const [nameAfter, statusAfter, message] = after[i] ?? [undefined, 'missing', ''];
    if (name !== nameAfter) differences.push(`spec ${i} is "${nameAfter}", without the package "${name}"`);
    else if (status !== statusAfter)
      differences.push(`${name}: ${statusAfter}, without the package ${status}. ${message}`);
  }
  const count = (wanted: string) => alone.filter(([, status]) => status === wanted).length;
  return {backend, specs: alone.length, passed: count('passed'), failedAnyway: count('failed'), differences};
}

function describe({specs, passed, failedAnyway, differences}: Comparison): string {
  const failed = failedAnyway > 0 ? `, ${failedAnyway} fail in tfjs itself` : '';
  return `${differences.length} of ${specs} differ; without the package ${passed} pass${failed}`;
}

const rowOf = (comparison: Comparison): Row => ({
  what: `tfjs-core's own specs on ${comparison.backend}, after this package and without it`,
  howMany: `${comparison.specs} specs`,
  result: describe(comparison),
  command: `npm run reliability -- core-tests --backend ${comparison.backend}`,
});

runCommand({name: 'core-tests', help: HELP, options: OPTIONS, run});
