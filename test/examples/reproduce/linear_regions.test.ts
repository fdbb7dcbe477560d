/** @slow */

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const ROOT = join(__dirname, '../../..');
const SCRIPT = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'examples/reproduce/linear_regions/index.ts'];
let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'reproduce-'));
});
afterEach(() => rmSync(out, {recursive: true, force: true}));

/** The reproduction as a user runs it, on the backend that every machine has. */
const run = (...args: string[]) =>
  execFileSync(process.execPath, [...SCRIPT, '--backend', 'cpu', '--out', out, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: 'pipe',
  });
const read = (name: string) => readFileSync(join(out, name), 'utf8');

it('writes tables, JSON and figures, with exactly 2^5 pieces before and after the regions stage', () => {
  const stdout = run('--seeds', '2', '--groups', '1', '--steps', '3', '--parts', 'sparse,dense,depth');
  expect(read('report.md')).toBe(stdout.slice(0, stdout.lastIndexOf('\n\nWritten to')).concat('\n'));
  expect(stdout).toMatch(/\| x\^3 +\| tied +\| \d\.\d\de-\d +\| 7\.86e-8/);
  const {results} = JSON.parse(read('report.json'));
  expect(results.map(({title}: {title: string}) => title)).toEqual([
    'One variable, 10 points',
    'One variable, 500 points',
    'Error against depth',
  ]);
  const cells: {method: string; piecesAtStart: number[]; pieces: number[]; errors: number[]}[] = results[1].cells;
  expect(cells).toHaveLength(4 * 8);
  for (const {errors} of cells) expect(errors.every((error) => error > 0 && error < 2)).toBe(true);
  for (const {piecesAtStart, pieces} of cells.filter(({method}) => method === 'regions stage only')) {
    expect([...piecesAtStart, ...pieces]).toEqual([32, 32, 32, 32]);
  }
  expect(read('fits.svg')).toMatch(/^<svg xmlns.*x\^11, error [^<]*: \d+ regions.*<\/svg>$/s);
  expect(read('depth.svg')).toMatch(/^<svg xmlns.*2\^depth equal pieces.*<\/svg>$/s);
}, 120_000);

it('fits the difference of convex functions, r^3 and the digits', () => {
  const stdout = run('--seeds', '1', '--steps', '2', '--parts', 'difference,plane');
  expect(stdout).toMatch(/difference of convex, free stage +\| 186 /);
  expect(stdout).toMatch(/plain, equal parameters +\| 187 /);
  expect(stdout).toMatch(/both stages +\| \d+ /);
}, 120_000);

it('takes a convex function of the reader, and refuses what is none', () => {
  expect(run('--target', 'exp(2 * x)', '--seeds', '1', '--groups', '1', '--steps', '2')).toContain(
    '| exp(2 * x) | tied',
  );
  for (const [target, message] of [
    ['sin(x)', 'is not convex on [0, 1]'],
    ['1 / x', 'is not finite at 0, 0.5 and 1'],
    ['x +', 'is not an expression in x'],
  ]) {
    const {status, stderr} = spawnSync(process.execPath, [...SCRIPT, '--target', target], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  }
}, 120_000);

it('says how long it takes', () => {
  expect(run('--help')).toMatch(/Takes \d+ to \d+ minutes/);
});

it('refuses bad options', () => {
  const {status, stderr} = spawnSync(process.execPath, [...SCRIPT, '--parts', 'all'], {cwd: ROOT, encoding: 'utf8'});
  expect(stderr).toContain('--parts must be one of dense, sparse, depth, difference, plane, digits, but is all');
  expect(status).toBe(1);
});
