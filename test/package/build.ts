import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, rmdirSync, statSync} from 'node:fs';
import {join} from 'node:path';

export const ROOT = join(__dirname, '../..');

const LOCK = join(ROOT, '.cache/build.lock');

/** Makes sure that dist is the build of src as it is now. `npm test` has built it before the specs run. */
export async function ensureBuild(): Promise<void> {
  while (!isFresh()) {
    if (takeLock()) {
      try {
        execFileSync('npm', ['run', '--silent', 'build'], {cwd: ROOT, stdio: 'pipe'});
        return;
      } finally {
        rmdirSync(LOCK);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200)); // another spec file builds
  }
}

function isFresh(): boolean {
  const entry = join(ROOT, 'dist/index.mjs');
  return !existsSync(LOCK) && existsSync(entry) && statSync(entry).mtimeMs > newest(join(ROOT, 'src'));
}

/** A folder can be made once; one older than a build takes is from a run that was killed. */
function takeLock(): boolean {
  mkdirSync(join(ROOT, '.cache'), {recursive: true});
  if (existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs > 60_000) rmdirSync(LOCK);
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    return false;
  }
}

function newest(folder: string): number {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'});
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
