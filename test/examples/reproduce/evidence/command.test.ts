/** @slow */

import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const ROOT = join(__dirname, '../../../..');
const SCRIPT = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'examples/reproduce/index.ts', 'evidence'];
let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'evidence-'));
});
afterEach(() => rmSync(out, {recursive: true, force: true}));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [...SCRIPT, '--quick', '--out', out, ...args], {cwd: ROOT, encoding: 'utf8'});

it('keeps each finished run with what it was measured on, and does none of them again', () => {
  expect(run('--only', 'cost,capacity').status).toBe(0);
  const files = ['cost', 'capacity'].flatMap((part) =>
    readdirSync(join(out, part)).map((name) => join(out, part, name)),
  );
  expect(files.length).toBe(7 + 12); // of 1,024 parameters all but dense, of two loads six networks
  const times = files.map((file) => statSync(file).mtimeMs);
  for (const file of files) {
    const {on} = JSON.parse(readFileSync(file, 'utf8'));
    expect(on.backend).toBe('wasm');
    expect(on.versions.node).toBe(process.versions.node);
    expect(on.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
  }
  rmSync(files[0]);
  rmSync(files[files.length - 1]);
  expect(run('--only', 'capacity').status).toBe(0);
  expect(
    files
      .slice(1)
      .map((file) => statSync(file).mtimeMs)
      .slice(0, -1),
  ).toEqual(times.slice(1, -1));
  expect(statSync(files[files.length - 1]).isFile()).toBe(true);
}, 240_000);

it('compares tables that are there, and says how to get the others', () => {
  const {status, stderr} = run('--only', 'tables', '--tables', out);
  expect(status).toBe(1);
  expect(stderr).toContain('Vowel.csv. Run `npm run setup -- tables`, or name a folder by --tables.');
  const {sizes, sha256} = JSON.parse(readFileSync(join(out, 'tables/penguins-seeds1.json'), 'utf8'));
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(sizes[0].networks.map(({family}: {family: string}) => family)).toEqual(['wht', 'dense']);
}, 240_000);

it.each([
  [['--only', 'all'], '--only must be one of images, tables, cost, capacity, but is all'],
  [['--budgets', '2048,100'], '--budgets must be 1000 or more, but is 100'],
  [['--images', '60000'], '--images must be 128 to 55000, but is 60000'],
  [['--seed', '1', '--seeds', '2'], '--seed and --seeds exclude each other'],
  [['--families', 'cnn'], '--families must be one of dense, lowRank,'],
  [['--rates-of', '10000'], '--rates-of must be images x epochs, as in 10000x4, but is 10000'],
  [
    ['--only', 'images', '--rates-of', '300x2', '--families', 'signs'],
    '--rates-of 300x2: no such training of signs. Run those first: --images 300 --epochs 2 --families signs.',
  ],
  [['--record'], '--record takes no --quick and no --anew'],
  [['--seeds', '0'], '--seeds must be a whole number >= 1, but is 0'],
])('refuses %s', (args, message) => {
  const {status, stderr} = run(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(1);
});
