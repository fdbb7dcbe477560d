/** @slow */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const ROOT = join(__dirname, '../..');
const out = mkdtempSync(join(tmpdir(), 'start-table-'));
afterAll(() => rmSync(out, {recursive: true}));

const pairs = (text: string) => text.split('\n').filter((line) => /^\S.* [<>=] {2}64-/.test(line));

it('npm start prints the table of examples/README.md', () => {
  const script = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'examples/node/train.ts'];
  const args = [...script, '--backend', 'wasm', '--no-curve', '--out', out];
  const printed = execFileSync(process.execPath, args, {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
  expect(pairs(printed)).toHaveLength(4);
  expect(pairs(readFileSync(join(ROOT, 'examples/README.md'), 'utf8'))).toEqual(pairs(printed));
}, 240_000);
