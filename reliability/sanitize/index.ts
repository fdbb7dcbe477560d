/** npm run reliability -- sanitize: the addon of the tensorflow backend under AddressSanitizer and UndefinedBehaviorSanitizer. */

import {readFileSync} from 'node:fs';
import path from 'node:path';
import {count, oneOf} from '../../examples/choices';
import {runInChild} from '../runner/child';
import {runCommand, type Values} from '../runner/command';
import type {Row} from '../runner/record';
import {buildSanitized, sanitizerEnvironment} from './build';
import type {Trial} from './trial';
import {changesFor, FAULTS, VARIANTS, type Variant} from './variants';

const HELP = `Compiles the TensorFlow ops with sanitizers, for each instruction set of this processor, and fuzzes them in TensorFlow.

npm run reliability -- sanitize [options]

  --runs N      fuzzed cases for each instruction set (default: 2000)
  --seed S      (default: 1)
  --fault NAME  changes the source on purpose, ${Object.keys(FAULTS).join(' or ')}, and shows what is said of it
  --record      writes the result into RELIABILITY.md
`;

const OPTIONS = {
  runs: {type: 'string', default: '2000'},
  seed: {type: 'string', default: '1'},
  fault: {type: 'string'},
} as const;

async function run(options: Values<typeof OPTIONS>): Promise<readonly Row[] | null> {
  const [runs, seed] = [count('runs', options.runs), count('seed', options.seed)];
  const flags = processorFlags();
  const chosen = VARIANTS.filter((variant) => variant.flags.every((flag) => flags.has(flag)));
  for (const {instructions} of VARIANTS.filter((variant) => !chosen.includes(variant)))
    console.error(`${instructions}: NOT tried, this processor does not have it.`);
  const names = Object.keys(FAULTS);
  if (options.fault) {
    await showFault(chosen[0], oneOf('fault', options.fault, names));
    process.exitCode = 1;
    return null;
  }
  const trials: Trial[] = [];
  for (const variant of chosen) {
    const trial = await inSanitizedProcess(variant, await buildSanitized(changesFor(variant)), runs, seed);
    console.log(`${variant.instructions.padEnd(15)} ${describe(trial)}`);
    trials.push(trial);
  }
  const failed = trials.flatMap(({outcomes}) => outcomes.flatMap(({failure}) => failure ?? []));
  for (const {property, message, smallest} of failed) console.log(`${property}: ${message}\n  case: ${smallest}`);
  if (failed.length > 0) process.exitCode = 1;
  if (!options.record) return null;
  for (const name of names) await showFault(chosen[0], name);
  return [
    {
      what: `AddressSanitizer and UndefinedBehaviorSanitizer on the ops for TensorFlow, in TensorFlow: ${chosen.map(({instructions}) => instructions).join(', ')}`,
      howMany: `${trials.reduce((sum, trial) => sum + callsOf(trial), 0).toLocaleString('en-US')} calls`,
      result: `0 reports, ${failed.length} wrong; put in on purpose and found: ${names.join(', ')}`,
      command: `npm run reliability -- sanitize --runs ${runs} --seed ${seed}`,
    },
  ];
}

/** Builds with a mistake; throws if nobody notices. */
async function showFault(variant: Variant, name: string): Promise<void> {
  const {change, found} = FAULTS[name];
  const file = await buildSanitized([...changesFor(variant), change]);
  const said = await inSanitizedProcess(variant, file, 1, 1).then(
    () => '',
    ({message}: Error) => message,
  );
  const report = said.split('\n').find((line) => found.test(line));
  if (!report) throw new Error(`the fault ${name} was not found.\n${said}`);
  console.log(`fault ${name}, found: ${report.trim()}`);
}

/** A report of a sanitizer ends the process. */
async function inSanitizedProcess(variant: Variant, file: string, runs: number, seed: number): Promise<Trial> {
  const env = {
    ...sanitizerEnvironment(),
    TFJS_PIECEWISE_ADDON: file,
    TFJS_PIECEWISE_THREADS: String(variant.threads),
  };
  const script = path.join(__dirname, 'trial.ts');
  const trial = await runInChild<Trial>(variant.instructions, script, [String(runs), String(seed)], {
    env,
    stderr: 'pipe',
  });
  if (trial.instructions !== variant.instructions)
    throw new Error(`the addon of ${trial.instructions} was tried in place of that of ${variant.instructions}`);
  return trial;
}

function processorFlags(): Set<string> {
  const line = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
  return new Set(line.trim().split(' '));
}

const casesOf = ({outcomes}: Trial) => outcomes.reduce((sum, {runs}) => sum + runs, 0);
const callsOf = (trial: Trial) => trial.calls + casesOf(trial);

const describe = (trial: Trial) =>
  `${trial.calls} calls of sizes around each tile and ${casesOf(trial)} fuzzed cases: no report`;

runCommand({name: 'sanitize', help: HELP, options: OPTIONS, run});
