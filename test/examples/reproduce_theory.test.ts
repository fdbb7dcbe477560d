/** @slow */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const ROOT = join(__dirname, '../..');

it('computes the numbers of the theory again, prints them in 100 columns, and writes them', () => {
  const out = mkdtempSync(join(tmpdir(), 'theory-'));
  try {
    const script = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'examples/reproduce/theory/index.ts'];
    const args = [...script, '--quick', '--out', out];
    const output = execFileSync(process.execPath, args, {cwd: ROOT, encoding: 'utf8', stdio: 'pipe'});
    const checks = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as {pass: boolean; what: string}[];
    expect(checks.filter(({pass}) => !pass)).toEqual([]);
    expect(checks.length).toBeGreaterThan(60);
    const lines = output.split('\n').filter((line) => /^(ok|FAIL|----) /.test(line));
    expect(lines).toHaveLength(checks.length + 1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(output).toContain(`All ${checks.length} numbers agree.`);
    expect(readFileSync(join(out, 'report.md'), 'utf8').match(/^\| .* \| ok /gm)).toHaveLength(checks.length);
  } finally {
    rmSync(out, {recursive: true, force: true});
  }
}, 180_000);
