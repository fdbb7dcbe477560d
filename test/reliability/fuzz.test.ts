/** @slow */

import {spawnSync} from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** The command, as `npm run reliability -- fuzz` runs it. */
function fuzz(...args: string[]): {status: number | null; output: string} {
  const command = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', 'reliability/fuzz/index.ts', ...args];
  const {status, stdout, stderr} = spawnSync(process.execPath, command, {cwd: ROOT, encoding: 'utf8'});
  return {status, output: stdout + stderr};
}

// A check that cannot fail proves nothing.
it.each([
  ['off-by-one', 'walshHadamard: wrong', /y\[63\]: \S+, expected/],
  ['leak', 'reluPair: wrong', /1 tensors and 1 buffers were left/],
])(
  'finds a kernel with the fault %s, and tells how to see it again',
  (fault, found, message) => {
    const {status, output} = fuzz('--backend', 'cpu', '--runs', '300', '--seed', '3', '--fault', fault);
    expect(output).toContain(found);
    expect(output).toMatch(message);
    expect(status).toBe(1);
    const [, property, seed, at] = /--property '(.*)' --seed (\d+) --path (\S+)/.exec(output)!;
    const again = fuzz('--backend', 'cpu', '--property', property, '--seed', seed, '--path', at, '--fault', fault);
    expect(again.output).toContain(found);
    expect(fuzz('--backend', 'cpu', '--property', property, '--seed', seed, '--path', at).status).toBe(0);
  },
  60_000,
);

it('refuses what it does not know', () => {
  expect(fuzz('--backend', 'gpu')).toEqual({
    status: 2,
    output: expect.stringContaining('--backend must be one of cpu'),
  });
  expect(fuzz('--seed', 'x')).toEqual({status: 2, output: expect.stringContaining('--seed must be an integer')});
});
