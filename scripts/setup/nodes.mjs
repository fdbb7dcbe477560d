// The Node versions that the package is tested on, from the npm registry, each built for this platform.
import fs from 'node:fs';
import path from 'node:path';
import * as log from './log.mjs';
import state from './nodes_state.cjs';
import {npm} from './package_set.mjs';
import packages from './packages.cjs';

export const name = 'nodes';
export const about = `Node ${state.VERSIONS.join(', ')}, for npm run test:nodes`;
export const megabytes = 480;
export const needs = [];
export const places = () => [packages.installedFolder(name)];

/** The line for a part that is ready, or null; cheap. */
export const ready = () =>
  state.whyMissing()
    ? null
    : `ready (${state
        .nodes()
        .map(({version}) => version)
        .join(', ')})`;

/** The newest of each major version; which ones is in no lock file, since the package differs by platform. */
export async function bring() {
  log.hint(name, 'installing from the npm registry...');
  const folder = packages.installedFolder(name);
  fs.mkdirSync(folder, {recursive: true});
  fs.rmSync(path.join(folder, 'package-lock.json'), {force: true});
  const dependencies = Object.fromEntries(
    state.VERSIONS.map((major) => [`node-${major}`, `npm:node-${state.PLATFORM}@${major}`]),
  );
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify({private: true, dependencies}, null, 2)}\n`);
  await npm(name, ['install', '--ignore-scripts', '--no-audit', '--no-fund']);
  for (const major of state.VERSIONS) {
    // Headers and manuals are half of each package.
    for (const extra of ['include', 'share', 'CHANGELOG.md']) {
      fs.rmSync(packages.packagePath(name, `node-${major}/${extra}`), {recursive: true, force: true});
    }
  }
  return `installed ${state
    .nodes()
    .map(({version}) => version)
    .join(', ')}`;
}
