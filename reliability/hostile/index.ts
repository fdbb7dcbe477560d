/** npm run reliability -- hostile: damaged and malicious model files for every reader of ours. Each loads equal, or is refused clearly. */

import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {modelFiles} from 'tfjs-piecewise/files';
import {fileSystem} from 'tfjs-piecewise/node';
import {ROOT} from '../../bench/machine';
import {count} from '../../examples/choices';
import {run as runCli} from '../../src/cli/run';
import {uniforms} from '../fuzz/values';
import {runCommand, type Values} from '../runner/command';
import type {Row} from '../runner/record';
import {type Files, mutate} from './mutations';

const HELP = `Damaged and malicious models for the readers of this package.

npm run reliability -- hostile [options]

  --files N    how many (default: 1000); 10000 is what RELIABILITY.md reports
  --seed S     (default: 1)
  --record     writes the result into RELIABILITY.md

Limits of each read: 5 seconds, 512 MB of memory.
`;
const SECONDS = 5;
const MEGABYTES = 512;

const OPTIONS = {
  files: {type: 'string', default: '1000'},
  seed: {type: 'string', default: '1'},
} as const;

/** A model of every layer. */
function honestModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({units: 8, activation: 'relu', inputShape: [6]}),
      pw.layers.whtProjection({units: 16, seed: 1, activation: 'reluPair'}),
      pw.layers.reluPair({parametricFraction: 0.5}),
      pw.layers.triangleWave({depth: 3}),
      pw.layers.regionDense({units: 4, depth: 2, inputNorm: 'clip'}),
      pw.layers.blockDense({size: 2}),
      tf.layers.batchNormalization(),
      tf.layers.dense({units: 2}),
    ],
  });
}

/** A model of Keras 3, as its converter writes it. */
const KERAS3 = path.join(ROOT, 'test/files/support/keras3/sequential_h5');
const KERAS3_WEIGHTS = 'group1-shard1of1.bin';

/** The files of a folder under the names that all readers take, and what the model gives for some inputs. */
async function honestFiles(
  folder: string,
  weightsName: string,
  shape: number[],
): Promise<Files & {x: tf.Tensor; outputs: string}> {
  const read = (name: string) => new Uint8Array(readFileSync(path.join(folder, name)));
  const weights = read(weightsName);
  const json = JSON.parse(new TextDecoder().decode(read('model.json')));
  // Files of others do not say what their weights are: damage to those nobody can see.
  const sha256 = createHash('sha256').update(weights).digest('hex');
  Object.assign(json.weightsManifest[0], {paths: ['weights.bin'], sha256});
  const model = await tf.loadLayersModel(fileSystem(folder));
  const x = tf.randomNormal(shape, 0, 1, 'float32', 3);
  const outputs = outputsOf(model, x);
  model.dispose();
  return {json: new TextEncoder().encode(JSON.stringify(json)), weights, x, outputs};
}

type Reader = (folder: string, files: Files) => Promise<tf.LayersModel | 'done'>;

const file = (name: string, bytes: Uint8Array) => ({
  name,
  size: bytes.length,
  arrayBuffer: async () => Uint8Array.from(bytes).buffer as ArrayBuffer,
});

/** The command line prints what is wrong and ends with 1. */
async function byCommand(folder: string): Promise<'done'> {
  let complaint = '';
  const none = () => ({label: () => {}, step: () => {}, stop: () => {}});
  const terminal = {print: () => {}, complain: (text: string) => (complaint += text), columns: 80, progress: none};
  const code = await runCli(['report', folder, '--json', '--segments', '1'], terminal);
  if (code !== 0) throw new Error(complaint.trim().replace(/^tfjs-piecewise: /, ''));
  return 'done';
}

const READERS: {[name: string]: Reader} = {
  fileSystem: (folder) => tf.loadLayersModel(fileSystem(folder)),
  modelFiles: (_, {json, weights}) =>
    tf.loadLayersModel(modelFiles([file('model.json', json), file('weights.bin', weights)])),
  'npx tfjs-piecewise report': byCommand,
};

/** Counts by what became of a file. */
interface Tally {
  equal: number;
  other: number;
  refused: number;
  wrong: string[];
}

async function run(options: Values<typeof OPTIONS>): Promise<readonly Row[] | null> {
  const total = count('files', options.files);
  const random = uniforms(count('seed', options.seed));
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const folder = mkdtempSync(path.join(tmpdir(), 'hostile-'));
  const model = honestModel();
  await model.save(fileSystem(folder));
  const honest = [
    await honestFiles(folder, 'weights.bin', [5, 6]),
    await honestFiles(KERAS3, KERAS3_WEIGHTS, [5, 7, 3]),
  ];
  const tallies = Object.keys(READERS).map((): Tally => ({equal: 0, other: 0, refused: 0, wrong: []}));
  for (let i = 0; i < total; i++) {
    const which = i % 20 === 0 ? 2 : i % 2;
    const {x, outputs, ...good} = honest[i % 5 === 0 ? 1 : 0];
    const {files, what} = mutate(good, random);
    const own = path.join(folder, 'mutated');
    mkdirSync(own, {recursive: true});
    writeFileSync(path.join(own, 'model.json'), files.json);
    writeFileSync(path.join(own, 'weights.bin'), files.weights);
    await judge(Object.keys(READERS)[which], own, files, what, tallies[which], x, outputs);
    if (({} as {polluted?: unknown}).polluted !== undefined) throw new Error('a file has changed Object.prototype');
  }
  rmSync(folder, {recursive: true});
  return conclude(total, tallies, options.seed);
}

async function judge(
  reader: string,
  folder: string,
  files: Files,
  what: string,
  tally: Tally,
  x: tf.Tensor,
  outputs: string,
): Promise<void> {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  tf.engine().startScope();
  try {
    const result = await READERS[reader](folder, files);
    const same = result === 'done' || outputsOf(result, x) === outputs;
    if (same) tally.equal++;
    else if (what === 'weights') tally.wrong.push(`${reader}: other weights, taken for good`);
    else tally.other++; // another model, which the file describes
    if (result !== 'done') result.dispose();
  } catch (error) {
    const {message} = error as Error;
    if (error instanceof Error && message.length > 20 && !/\n\s+at /.test(message)) tally.refused++;
    else tally.wrong.push(`${reader}: ${String(error)}`);
  } finally {
    tf.engine().endScope();
  }
  const seconds = (performance.now() - start) / 1000;
  const megabytes = (process.memoryUsage().rss - before) / 2 ** 20;
  if (seconds > SECONDS || megabytes > MEGABYTES) {
    tally.wrong.push(`${reader}, ${what}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB, ${keep(files)}`);
  }
}

/** Where to look at a file that took too much. */
function keep({json}: Files): string {
  const name = path.join(mkdtempSync(path.join(tmpdir(), 'kept-')), 'model.json');
  writeFileSync(name, json);
  return name;
}

const outputsOf = (model: tf.LayersModel, x: tf.Tensor): string =>
  tf.tidy(() => {
    try {
      return (model.predict(x) as tf.Tensor).dataSync().join();
    } catch (error) {
      return (error as Error).message;
    }
  });

function conclude(total: number, tallies: Tally[], seed: string): Row[] {
  for (const [i, {equal, other, refused}] of tallies.entries()) {
    console.log(`${Object.keys(READERS)[i]}: ${refused} refused, ${equal} loaded equal, ${other} are other models`);
  }
  const wrong = tallies.flatMap((tally) => tally.wrong);
  for (const text of wrong.slice(0, 20)) console.log(`  ${text}`);
  console.log(`${total} files, ${wrong.length} accepted wrongly, unclear, or over the limits.`);
  if (wrong.length > 0) process.exitCode = 1;
  const sum = (key: 'equal' | 'other' | 'refused') => tallies.reduce((all, tally) => all + tally[key], 0);
  return [
    {
      what: `damaged and malicious models for ${Object.keys(READERS).join(', ')}; ${SECONDS} s and ${MEGABYTES} MB at most`,
      howMany: `${total} files`,
      result: `${wrong.length} wrong (${sum('refused')} refused, ${sum('equal')} equal, ${sum('other')} other valid models)`,
      command: `npm run reliability -- hostile --files ${total} --seed ${seed}`,
    },
  ];
}

runCommand({name: 'hostile', help: HELP, options: OPTIONS, run});
