/** @slow */

import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const ROOT = join(__dirname, '../../..');
const SCRIPT = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'examples/reproduce/index.ts', 'random-bias'];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'random-bias-'));
  const rows = Array.from({length: 60}, (_, i) => [i % 7, i % 5, i % 7 > 3 ? '"yes"' : '"no"']);
  writeFileSync(join(folder, 'table.csv'), ['"a","b","c"', ...rows].join('\n'));
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

function run(...args: string[]) {
  const options = ['--csv', join(folder, 'table.csv'), '--seeds', '1', '--out', folder, ...args];
  return spawnSync(process.execPath, [...SCRIPT, ...options], {cwd: ROOT, encoding: 'utf8'});
}

it('compares networks with and without a bias on a table, prints one and writes it', () => {
  const {stdout, status} = run('--target', 'c', '--sizes', '0.5,1');
  expect(status).toBe(0);
  const {results} = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const names = (results as {network: string}[]).map(({network}) => network);
  expect(names).toEqual(['no bias', 'constant 1', 'random bias 0.5', 'random bias 1', 'trained, first layer', 'dense']);
  for (const name of names) expect(stdout).toContain(`| c | ${name} |`);
  for (const {percent} of results as {percent: number[]}[]) expect(percent[0]).toBeGreaterThan(80);
}, 240_000);

it('names a column that the table does not have, and those that it has', () => {
  const {stderr, status} = run('--target', 'd');
  expect(status).toBe(1);
  expect(stderr).toContain('--target d is no column of');
  expect(stderr).toContain('which has a, b, c');
}, 60_000);
