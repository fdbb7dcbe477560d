/** @slow */

import {spawnSync} from 'node:child_process';
import path from 'node:path';
import {whyMissing} from '../../bench/backends';

function determinism(...args: string[]): {status: number | null; stdout: string} {
  const command = [
    '--import',
    'tsx',
    '--conditions=tfjs-piecewise:source',
    'reliability/determinism/index.ts',
    ...args,
  ];
  return spawnSync(process.execPath, command, {cwd: path.join(__dirname, '../..'), encoding: 'utf8'});
}

// webgpu takes minutes on a GPU of software: `npm run reliability -- determinism`.
const tensorflow = whyMissing('tensorflow');
const backends = ['cpu', 'wasm', ...(tensorflow ? [] : ['tensorflow'])];

it(`the same seed gives the same bits in two processes on ${backends}, and nearly the same numbers on all`, () => {
  const {status, stdout} = determinism(...backends.flatMap((name) => ['--backend', name]), '--steps', '5');
  for (const name of backends) {
    expect(stdout).toMatch(new RegExp(`^${name} +0 of [1-9]\\d results differ in bits`, 'm'));
  }
  expect(stdout).toMatch(/from cpu: ops \d.*, layers \d.*, weights \d.*, losses \d/);
  expect(status).toBe(0);
}, 90_000);

if (tensorflow) it.skip(`on tensorflow: ${tensorflow}`, () => {});

it('notices a seed that is not the same', () => {
  const {status, stdout} = determinism('--backend', 'cpu', '--steps', '1', '--fault', 'seed');
  expect(stdout).toContain('  weights: whtProjection\n');
  expect(stdout).not.toContain('  ops: ');
  expect(status).toBe(1);
}, 60_000);
