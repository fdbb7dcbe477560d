/** @needs tools
 *  @slow */

import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {ensureBuild, ROOT} from './build';

const {packagePath} = require('../../scripts/setup/packages.cjs') as {packagePath(set: string, file: string): string};

beforeAll(ensureBuild, 120_000);

it('has types that resolve for every kind of user', () => {
  const attw = packagePath('tools', '.bin/attw');
  const output = execFileSync(attw, ['--pack', '.', '--format', 'json'], {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
  const {analysis} = JSON.parse(output);
  expect(analysis.problems).toEqual([]);
}, 120_000);

it('is packed as publint wants it', () => {
  const publint = join(ROOT, 'node_modules/.bin/publint');
  const output = execFileSync(publint, ['--strict', '.'], {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
  expect(output).toContain('All good');
}, 120_000);
