/** @slow */

import {spawnSync} from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** Those of this machine that run in Node: where one is missing, jest's summary says so. */
const backends: string[] = require('../../scripts/setup/backends.cjs')
  .findBackends()
  .filter(({name, present}: {name: string; present: boolean}) => present && name !== 'webgl')
  .map(({name}: {name: string}) => name);

// `npm run reliability -- fuzz` tries 20,000, and any number on request.
it('2,500 random cases on every backend that runs in Node: none fails', () => {
  const command = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'reliability/fuzz/index.ts'];
  const chosen = backends.flatMap((name) => ['--backend', name]);
  const args = [...command, '--runs', '2500', '--seed', '20261124', ...chosen];
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {cwd: ROOT, encoding: 'utf8'});
  const output = stdout + stderr;
  for (const name of backends) {
    expect(output).toMatch(new RegExp(`^${name} +[1-9]\\d* cases in \\d+ s, 0 properties failed$`, 'm'));
  }
  expect(output).toMatch(/^25\d\d cases, 0 failed/m);
  expect(status).toBe(0);
}, 480_000);
