import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, rmdirSync, statSync} from 'node:fs';
import {join} from 'node:path';

export const ROOT = join(__dirname, '../..');

interface Product {
  /** A script of package.json. */
  script: string;
  args: string[];
  /** A file that it writes. */
  output: string;
  /** Folders that it reads. */
  sources: string[];
}

/** Makes sure that dist is the build of src as it is now. `npm test` has built it before the specs run. */
export function ensureBuild(): Promise<void> {
  return ensure({script: 'build', args: [], output: 'dist/index.mjs', sources: ['src']});
}

/** The same of the production build of the playground. */
export function ensurePlayground(): Promise<void> {
  const sources = ['src', 'examples/web', 'examples/node', 'examples/data'];
  return ensure({script: 'playground', args: ['--', 'build'], output: 'out/playground/index.html', sources});
}

async function ensure({script, args, output, sources}: Product): Promise<void> {
  const lock = join(ROOT, '.cache', `${script}.lock`);
  const isFresh = () => {
    const file = join(ROOT, output);
    if (existsSync(lock) || !existsSync(file)) return false;
    return sources.every((folder) => statSync(file).mtimeMs > newest(join(ROOT, folder)));
  };
  while (!isFresh()) {
    if (takeLock(lock)) {
      try {
        execFileSync('npm', ['run', '--silent', script, ...args], {cwd: ROOT, stdio: 'pipe'});
        return;
      } finally {
        rmdirSync(lock);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200)); // another spec file builds
  }
}

/** A folder can be made once; one older than a build takes is from a run that was killed. */
function takeLock(lock: string): boolean {
  mkdirSync(join(ROOT, '.cache'), {recursive: true});
  if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 60_000) rmdirSync(lock);
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function newest(folder: string): number {
  const files = readdirSync(folder, {recursive: true, encoding: 'utf8'});
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
