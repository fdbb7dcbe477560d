/** @slow */

import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {parseOptions} from '../../examples/node/options';

const ROOT = join(__dirname, '../..');
/** What `npm start` runs. */
const [tsx, ...SCRIPT] = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.start.split(' ');
let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'train-'));
});
afterEach(() => rmSync(out, {recursive: true, force: true}));

/** The training example as a user runs it, on the backend that every machine has. */
function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', tsx, ...SCRIPT, '--backend', 'cpu', '--out', out, ...args], {cwd: ROOT});
}

async function run(...args: string[]): Promise<{code: number | null; stdout: string; stderr: string}> {
  return finished(start(...args));
}

function finished(child: ChildProcess): Promise<{code: number | null; stdout: string; stderr: string}> {
  let stdout = '';
  let stderr = '';
  child.stdout!.on('data', (text) => {
    stdout += text;
  });
  child.stderr!.on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({code, stdout, stderr})));
}

const read = (...path: string[]) => readFileSync(join(out, 'digits', ...path), 'utf8');

/** The accuracy on the test images of a run of the model that two tests train. */
const accuracyOf = (seed: number) =>
  JSON.parse(read(`checkpoints/wht-256x2-to-16-2-per-breakpoint/seed-${seed}/result.json`)).result.testAccuracy;
let firstAccuracy: number;

it('trains, prints the table, and writes report, chart and models that load', async () => {
  const {code, stdout} = await run('--seeds', '2', '--epochs', '2', '--models', 'to 16: 2,64-16-10,64-128');
  expect(code).toBe(0);
  const accuracy = String.raw`\d\d\.\d\d ± \d+\.\d\d`;
  expect(stdout).toMatch(new RegExp(`256x2 to 16 +1,194 +${accuracy} +[<>=] +64-16-10 +1,210 +${accuracy}`));
  expect(stdout).toMatch(new RegExp(`dense 64-128-10 +9,610 +${accuracy}`));

  const {rows} = JSON.parse(read('report.json'));
  expect(rows.map(({parameters}: {parameters: number}) => parameters).sort()).toEqual([1194, 1210, 9610]);
  expect(read('accuracy.svg')).toMatch(/^<svg xmlns.*16 units.*<\/svg>$/s);

  const model = await tf.loadLayersModel(fileSystem(join(out, 'digits/models/wht-256x2-to-16-2-per-breakpoint')));
  expect(model.countParams()).toBe(1194);
  expect(model.getUserDefinedMetadata()).toMatchObject({dataset: 'digits', output: 'logits'});
  model.dispose();
  firstAccuracy = accuracyOf(1);
  expect(firstAccuracy).not.toBe(accuracyOf(2));
}, 120_000);

it('gives the same accuracy again from the same seed, whatever else is trained', async () => {
  await run('--seeds', '1', '--epochs', '2', '--models', '256x2 to 16: 2');
  expect(accuracyOf(1)).toBe(firstAccuracy);
}, 120_000);

it('keeps the best checkpoint at Ctrl-C, and --resume goes on from it', async () => {
  const args = ['--seeds', '1', '--epochs', '20', '--models', '64-16-10'];
  const checkpoint = join(out, 'digits/checkpoints/dense-64-16-10/seed-1');
  const child = start(...args);
  const ended = finished(child);
  while (!existsSync(join(checkpoint, 'checkpoint.json'))) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  const {code, stdout} = await ended;
  expect(code).toBe(130);
  expect(stdout).toContain('--resume');
  expect(existsSync(join(out, 'digits/report.json'))).toBe(false);
  const {state} = JSON.parse(readFileSync(join(checkpoint, 'checkpoint.json'), 'utf8'));
  const {epoch} = JSON.parse(readFileSync(join(checkpoint, state, 'model.json'), 'utf8')).userDefinedMetadata;

  expect((await run(...args, '--resume')).code).toBe(0);
  const {result} = JSON.parse(readFileSync(join(checkpoint, 'result.json'), 'utf8'));
  expect(result.bestEpoch).toBeGreaterThanOrEqual(epoch);
  expect(result.testAccuracy).toBeGreaterThan(0.5);
}, 120_000);

it('refuses bad options before it touches a file', async () => {
  writeFileSync(join(out, 'mine'), 'good');
  for (const [args, message] of [
    [['--dataset', 'mnist'], '--dataset must be one of digits, fashion-mnist, but is mnist'],
    [['--depth', '3'], "Unknown option '--depth'"],
  ] as const) {
    expect(() => parseOptions([...args])).toThrow(message);
  }
  for (const [args, message] of [
    [['--seeds', '0'], '--seeds must be a whole number >= 1, but is 0'],
    [['--models', 'cnn'], '--models cnn fits none of the models of digits'],
    [['--dataset', 'fashion-mnist', '--data', out], out],
  ] as const) {
    const {code, stderr} = await run(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  }
  expect(existsSync(join(out, 'digits'))).toBe(false);
  expect(existsSync(join(out, 'fashion-mnist'))).toBe(false);
}, 120_000);

it('fits the curve first, says what is next, and draws it', async () => {
  const {code, stdout} = await run('--epochs', '1', '--seeds', '1');
  expect(code).toBe(0);
  const [, wave, dense] =
    /triangleWave: 8 weights, 32 .* error (\S+)\n.*dense ReLU: 97 weights, .* error (\S+)\n/s.exec(stdout)!;
  expect(Number(wave)).toBeLessThan(3e-8);
  expect(Number(dense)).toBeGreaterThan(15 * Number(wave));
  expect(stdout).toContain('npm start -- --seeds 3');
  expect(stdout.indexOf('triangleWave')).toBeLessThan(stdout.indexOf('Walsh-Hadamard'));
  expect(readFileSync(join(out, 'curve_fit.svg'), 'utf8')).toMatch(/^<svg xmlns/);
}, 120_000);

it('goes on without tfjs-node where that does not load, and says so in one line', async () => {
  const args = ['--epochs', '1', '--seeds', '1', '--models', '64-16-10', '--out', out];
  // As where its native library is broken.
  const broken = join(out, 'broken.cjs');
  writeFileSync(
    broken,
    `const {_extensions} = require('node:module');
     const load = _extensions['.node'];
     _extensions['.node'] = (module, file) => {
       if (file.includes('tfjs_binding')) throw new Error('broken\\non purpose');
       load(module, file);
     };`,
  );
  const script = ['--require', broken, '--import', tsx, ...SCRIPT];
  const start = (...more: string[]) => finished(spawn(process.execPath, [...script, ...args, ...more], {cwd: ROOT}));
  const {code, stdout, stderr} = await start();
  expect(code).toBe(0);
  expect(stdout).toContain('backend wasm');
  // Where it was never brought, that is said first.
  expect(stderr).toMatch(
    /Backend wasm, since tfjs-node does not load \((broken|its native library is not there)\)\.\n/,
  );

  const refused = await start('--backend', 'tensorflow');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('Run `npm run setup -- tfjs-node`, or leave out --backend.');
}, 120_000);

it('--help explains every option', async () => {
  const {code, stdout} = await run('--help');
  expect(code).toBe(0);
  for (const option of ['dataset', 'data', 'backend', 'seeds', 'epochs', 'models', 'out', 'resume', 'no-curve']) {
    expect(stdout).toContain(`--${option}`);
  }
});
