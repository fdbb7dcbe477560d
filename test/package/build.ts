import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Makes sure that dist is the build of src as it is now. `npm test` has built it before the specs run. */
export function ensureBuild(): void {
  const entry = join(ROOT, 'dist/index.mjs');
  if (existsSync(entry) && statSync(entry).mtimeMs > newest(join(ROOT, 'src'))) return;
  execFileSync('npm', ['run', '--silent', 'build'], {cwd: ROOT, stdio: 'pipe'});
}

function newest(folder: string): number {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'});
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
