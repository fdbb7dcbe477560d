/** @needs c python */

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {command} from '../cli/support/command';
import {classes, writeTable} from '../cli/support/tables';
import {pythonPath} from '../support/python';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
const model = join(folder, 'model');
let table: string;
const {PYTHON, PYTHONPATH} = process.env;

beforeAll(async () => {
  table = writeTable(folder, classes(60));
  const options = ['--target', 'kind', '--size', '400', '--epochs', '2', '--backend', 'cpu', '--out', model];
  await command(['train', table, ...options]);
  process.env.PYTHON = pythonPath();
  process.env.PYTHONPATH = join(__dirname, '../../python/src');
});

afterAll(() => {
  rmSync(folder, {recursive: true});
  for (const [name, value] of Object.entries({PYTHON, PYTHONPATH})) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

it.each([
  ['c', 'gcc'],
  ['litert', '(ai-edge-litert|tensorflow)'],
  ['onnx', 'onnxruntime'],
  ['keras', 'tfjs-piecewise-keras'],
])(
  '--check runs %s by %s',
  async (to, runtime) => {
    const {code, stdout, stderr} = await command(['export', model, '--to', to, join(folder, to), '--check', table]);
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout).toMatch(new RegExp(`Checked by ${runtime}\\b.* on the 60 rows of `));
    const [, difference] = /largest difference ([\d.e-]+)/.exec(stdout)!;
    expect(Number(difference)).toBeLessThan(1e-5);
    expect(stdout).toMatch(/the same class in 60 rows\n {2}right: the model (\d+\.\d\d) %, the export \1 %\n$/);
  },
  60_000,
);

it('--check says what shorter weights cost', async () => {
  const {stdout} = await command([
    'export',
    model,
    '--to',
    'c',
    join(folder, 'short'),
    '--weights',
    'uint8',
    '--check',
    table,
  ]);
  const [, difference] = /largest difference ([\d.e-]+)/.exec(stdout)!;
  expect(Number(difference)).toBeGreaterThan(1e-6);
  expect(Number(difference)).toBeLessThan(0.1);
});
