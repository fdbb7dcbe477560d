import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {ROOT} from '../../bench/machine';

const bench = (...options: string[]) => {
  const args = ['--import', 'tsx', '--conditions=tfjs-piecewise:source', path.join(ROOT, 'bench/index.ts'), ...options];
  return execFileSync(process.execPath, args, {cwd: ROOT, encoding: 'utf8'});
};

it('npm run bench names the other benches, and each of them has help', () => {
  const text = bench('--help');
  for (const name of ['--against', '--exports', '--fht', '--profile', '--steps', '--gpu', '--million']) {
    expect(text).toContain(`  ${name} `);
    expect(bench(name, '--help')).toContain(`npm run bench -- ${name} [options]`);
  }
}, 60_000);
