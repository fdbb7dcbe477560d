/** @needs tools
 *  @slow */

import {spawnSync} from 'node:child_process';
import path from 'node:path';

function coreTests(...args: string[]): {status: number | null; stdout: string} {
  const command = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'reliability/core_tests/index.ts', ...args];
  return spawnSync(process.execPath, command, {cwd: path.join(__dirname, '../..'), encoding: 'utf8'});
}

// The other backends take longer: `npm run reliability -- core-tests`.
it('all specs of tfjs-core on cpu end as they do without this package', () => {
  const {status, stdout} = coreTests('--backend', 'cpu');
  expect(stdout).toMatch(/cpu +0 of 4\d{3} differ; without the package 4\d{3} pass$/m);
  expect(status).toBe(0);
}, 90_000);

it('notices a package that replaces a kernel of tfjs', () => {
  const {status, stdout} = coreTests('--backend', 'cpu', '--only', 'relu', '--fault', 'relu');
  expect(stdout).toContain('relu test-cpu {} basic: failed, without the package passed');
  expect(status).toBe(1);
}, 60_000);
