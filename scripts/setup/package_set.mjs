// Parts that are a set of npm packages: see packages.cjs.
import fs from 'node:fs';
import path from 'node:path';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';
import packages from './packages.cjs';
import project from './project.cjs';
import {run} from './run.mjs';

/** A part of the setup, for the set of its name. */
export function packageSet({name, ...facts}) {
  return {
    ...facts,
    name,
    places: () => [packages.installedFolder(name)],
    ready: () => (packages.isInstalled(name) ? `ready (${relative(name)})` : null),
    bring: () => install(name),
  };
}

const relative = (set) => path.relative(project.root, packages.installedFolder(set));

async function install(set) {
  log.hint(set, 'installing npm packages...');
  const folder = packages.installedFolder(set);
  fs.mkdirSync(folder, {recursive: true});
  for (const file of ['package.json', 'package-lock.json']) {
    fs.copyFileSync(path.join(packages.wantedFolder(set), file), path.join(folder, file));
  }
  // Their peers, typescript for one, are those of the project.
  await npm(set, ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund']);
  packages.writeStamp(set);
  return `installed in ${relative(set)}`;
}

/** Runs npm in the folder of a set, or throws a Failure. */
export async function npm(set, args) {
  const shell = process.platform === 'win32'; // where npm is a script
  const {ok} = await run('npm', args, {cwd: packages.installedFolder(set), shell});
  if (!ok) throw new Failure(`npm ${args[0]} failed in ${relative(set)}`);
}
