/** @slow */

import {spawnSync} from 'node:child_process';
import path from 'node:path';

// That saves of ours survive is what `npm run reliability -- crash` shows; this shows that it would notice if they did not.
it('npm run reliability -- crash notices a program that writes over its files in place', () => {
  const command = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'reliability/crash/index.ts'];
  const {status, stdout} = spawnSync(process.execPath, [...command, '--kills', '6', '--fault', 'torn'], {
    cwd: path.join(__dirname, '../..'),
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/6 kills of a process that saves: [1-6] models lost/);
  expect(status).toBe(1);
}, 60_000);
