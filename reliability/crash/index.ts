/** npm run reliability -- crash: processes killed at random moments, in the middle of saves and of training; nothing may be lost. */

import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {ROOT} from '../../bench/machine';
import {count} from '../../examples/choices';
import {uniforms} from '../fuzz/values';
import {runCommand, type Values} from '../runner/command';
import type {Row} from '../runner/record';
import {ended, killAfter, startScript} from './kill';
import {markOf} from './marked_model';

const HELP = `Kills processes that save and that train, and looks at what they leave.

npm run reliability -- crash [options]

  --kills N    kills of each kind (default: 20); 100 is what RELIABILITY.md reports
  --seed S     of the moments (default: 1)
  --fault torn the saver writes over its files in place: the run must fail
  --record     writes the result into RELIABILITY.md
`;

const OPTIONS = {
  kills: {type: 'string', default: '20'},
  seed: {type: 'string', default: '1'},
  fault: {type: 'string'},
} as const;

async function run(options: Values<typeof OPTIONS>): Promise<readonly Row[] | null> {
  const kills = count('kills', options.kills);
  const random = uniforms(count('seed', options.seed));
  const folder = mkdtempSync(path.join(tmpdir(), 'crash-'));
  try {
    tf.enableProdMode();
    await tf.setBackend('cpu');
    const lost = await killSavers(path.join(folder, 'model'), kills, random, options.fault ?? '');
    console.log(`${kills} kills of a process that saves: ${lost.length} models lost.`);
    for (const what of lost.slice(0, 5)) console.log(`  ${what}`);
    const trained = options.fault ? null : await killTraining(folder, kills, random);
    if (trained) console.log(`${trained.kills} kills of a training, each gone on by --resume: ${trained.verdict}.`);
    if (lost.length > 0 || (trained && !trained.equal)) process.exitCode = 1;
    if (!trained) return null;
    const command = `npm run reliability -- crash --kills ${kills}`;
    return [
      {what: 'SIGKILL during saves', howMany: `${kills} kills`, result: `${lost.length} models lost`, command},
      {what: 'SIGKILL of a training', howMany: `${trained.kills} kills`, result: trained.verdict, command},
    ];
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}

/** After each kill the folder must hold a whole model. */
async function killSavers(folder: string, kills: number, random: () => number, fault: string): Promise<string[]> {
  const lost: string[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const saver = startScript(path.join(__dirname, 'saver.ts'), [folder, fault]);
    await new Promise((resolve) => saver.stdout!.once('data', resolve));
    await sleep(random() * 40);
    saver.kill('SIGKILL');
    await ended(saver);
    try {
      const model = await tf.loadLayersModel(fileSystem(folder));
      markOf(model);
      model.dispose();
    } catch (error) {
      lost.push((error as Error).message);
    }
  }
  return lost;
}

const TRAINING = path.join(ROOT, 'examples/node/train.ts');
const ARGS = ['--backend', 'cpu', '--seeds', '1', '--epochs', '12', '--models', '64-18-10'];

/** Killed and resumed until the kills are used up; then left to end, it must have the result of one that was never killed. */
async function killTraining(folder: string, kills: number, random: () => number) {
  const whole = path.join(folder, 'whole');
  const start = performance.now();
  await ended(startScript(TRAINING, [...ARGS, '--out', whole]));
  const duration = performance.now() - start;
  const killed = path.join(folder, 'killed');
  let done = 0;
  // A run that ends by itself has a result, from which --resume has nothing to do: begin again.
  for (let run = 0; done < kills; run++) {
    const child = startScript(TRAINING, [...ARGS, '--out', killed, ...(run > 0 ? ['--resume'] : [])]);
    if (await killAfter(child, random() * duration)) done++;
    else if (!equal(resultOf(whole), resultOf(killed))) break;
    else rmSync(killed, {recursive: true, force: true});
  }
  await ended(startScript(TRAINING, [...ARGS, '--out', killed, '--resume']));
  const same = equal(resultOf(whole), resultOf(killed));
  return {kills: done, equal: same, verdict: same ? 'the results of an uninterrupted run' : 'ANOTHER RESULT'};
}

function resultOf(out: string): Record<string, unknown> {
  const file = path.join(out, 'digits/checkpoints/dense-64-18-10/seed-1/result.json');
  const {result} = JSON.parse(readFileSync(file, 'utf8'));
  return {...result, msPerEpoch: 0};
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

runCommand({name: 'crash', help: HELP, options: OPTIONS, run});
