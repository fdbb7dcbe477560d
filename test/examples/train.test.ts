import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';

const ROOT = join(__dirname, '../..');
let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'train-'));
});
afterEach(() => rmSync(out, {recursive: true, force: true}));

/** The training example as a user runs it, on the backend that every machine has. */
function start(...args: string[]): ChildProcess {
  const script = ['--conditions=tfjs-piecewise:source', 'examples/node/train.ts'];
  return spawn(process.execPath, ['--import', 'tsx', ...script, '--backend', 'cpu', '--out', out, ...args], {
    cwd: ROOT,
  });
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

it('trains, prints the table, and writes report, chart and models that load', async () => {
  const {code, stdout} = await run('--seeds', '2', '--epochs', '2', '--models', 'to 32: 2,64-18-10');
  expect(code).toBe(0);
  expect(stdout).toMatch(/wht 256x2 to 32: 2 per breakpoint +1,354 +2\.0 +\d\d\.\d\d ± \d+\.\d\d/);
  expect(stdout).toMatch(/dense 64-18-10 +1,360 +65\.0/);

  const {rows} = JSON.parse(read('report.json'));
  expect(rows.map(({parameters}: {parameters: number}) => parameters).sort()).toEqual([1354, 1360]);
  expect(read('accuracy.svg')).toMatch(/^<svg xmlns.*64-18-10.*<\/svg>$/s);

  const model = await tf.loadLayersModel(fileSystem(join(out, 'digits/models/wht-256x2-to-32-2-per-breakpoint')));
  expect(model.countParams()).toBe(1354);
  expect(model.getUserDefinedMetadata()).toMatchObject({dataset: 'digits', output: 'logits'});
  model.dispose();
}, 120_000);

it('gives the same accuracy again from the same seed', async () => {
  const accuracies = [];
  for (let i = 0; i < 2; i++) {
    await run('--seeds', '1', '--epochs', '1', '--models', '256x2 to 32: 1');
    accuracies.push(JSON.parse(read('report.json')).rows[0].accuracy);
  }
  expect(accuracies[0]).toEqual(accuracies[1]);
}, 120_000);

it('keeps the best checkpoint at Ctrl-C, and --resume goes on from it', async () => {
  const args = ['--seeds', '1', '--epochs', '30', '--models', '64-18-10'];
  const checkpoint = join(out, 'digits/checkpoints/dense-64-18-10/seed-1');
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
    [['--seeds', '0'], '--seeds must be a whole number >= 1, but is 0'],
    [['--dataset', 'mnist'], '--dataset must be one of digits, fashion-mnist, but is mnist'],
    [['--models', 'cnn'], '--models cnn fits none of the models of digits'],
    [['--depth', '3'], "Unknown option '--depth'"],
    [['--dataset', 'fashion-mnist', '--data', out], out],
  ] as const) {
    const {code, stderr} = await run(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  }
  expect(existsSync(join(out, 'digits'))).toBe(false);
  expect(existsSync(join(out, 'fashion-mnist'))).toBe(false);
}, 120_000);

it('--help explains every option', async () => {
  const {code, stdout} = await run('--help');
  expect(code).toBe(0);
  for (const option of ['dataset', 'data', 'backend', 'seeds', 'epochs', 'models', 'out', 'resume']) {
    expect(stdout).toContain(`--${option}`);
  }
});
