// Packages for a Python environment: by uv, which needs half of pip's CPU time and a fifth of its wait, else by pip.
import fs from 'node:fs';
import path from 'node:path';
import * as log from './log.mjs';
import {run} from './run.mjs';

/** Settings of pip, and those of uv that say the same. */
const SETTINGS = {
  'index-url': 'UV_DEFAULT_INDEX',
  'extra-index-url': 'UV_INDEX',
  'find-links': 'UV_FIND_LINKS',
  'trusted-host': 'UV_INSECURE_HOST',
  constraint: 'UV_CONSTRAINT',
  cert: 'SSL_CERT_FILE',
};

/** From `pip config list`: lines as global.index-url='...', those that count more below. */
export function uvSettings(pipConfig) {
  const settings = {UV_INDEX_STRATEGY: 'unsafe-best-match', UV_PYTHON_DOWNLOADS: 'never'}; // as pip does
  const order = ['global', 'install', ':env:'];
  const rows = [...pipConfig.matchAll(/^(global|install|:env:)\.([\w-]+)=(['"])(.*)\3$/gm)];
  rows.sort((a, b) => order.indexOf(a[1]) - order.indexOf(b[1]));
  for (const [, , key, , value] of rows) {
    const separator = key === 'find-links' ? ',' : ' ';
    if (key in SETTINGS)
      settings[SETTINGS[key]] = value
        .split(/(?:\\n|\s)+/)
        .filter(Boolean)
        .join(separator);
  }
  return settings;
}

/** Installs the packages that a file of requirements names into the environment in `folder`. Gives whether that worked. */
export async function installPackages(folder, python, requirements) {
  // Byte code is made when it is first used: of all that is installed the commands use a part.
  const pip = ['-m', 'pip', 'install', '--only-binary=:all:', '--no-compile', '--disable-pip-version-check'];
  if (await withUv(folder, python, requirements, pip)) return true;
  log.note('without uv, then');
  return (await run(python, [...pip, '-r', requirements])).ok;
}

async function withUv(folder, python, requirements, pip) {
  const tool = path.join(folder, 'uv'); // in the environment's folder, so that uv links files in place of copying them
  try {
    if (!(await run(python, [...pip, '--target', tool, 'uv'])).ok) return false;
    const {output} = await run(python, ['-m', 'pip', 'config', 'list']);
    const env = {...uvSettings(output), PYTHONPATH: tool, UV_CACHE_DIR: path.join(tool, 'cache')};
    const uv = ['-m', 'uv', 'pip', 'install', '--python', python, '--only-binary=:all:', '-r', requirements];
    return (await run(python, uv, {env})).ok;
  } finally {
    fs.rmSync(tool, {recursive: true, force: true});
  }
}
