import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {ensureBuild, ROOT} from './build';

/** Peers, and what a project has of its own. Links, so that everybody has one copy of tfjs. */
const LINKED = ['@tensorflow', '@types/node', '@webgpu', 'long', 'undici-types'];

/**
 * A folder outside the repository in which the packed package is installed, as a user has it, without network; the
 * peers are links to those of this repository. Holds the files of test/package/consumers.
 */
export async function installPackage(): Promise<string> {
  await ensureBuild();
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-piecewise-'));
  const npm = (cwd: string, ...args: string[]) => execFileSync('npm', args, {cwd, encoding: 'utf8', stdio: 'pipe'});
  const [{filename}] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', folder));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({name: 'consumer', private: true}));
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', '--legacy-peer-deps', join(folder, filename));
  for (const name of LINKED) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(join(link, '..'), {recursive: true});
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
  cpSync(join(__dirname, 'consumers'), folder, {recursive: true});
  return folder;
}

export function uninstall(folder: string): void {
  rmSync(folder, {recursive: true, force: true});
}
