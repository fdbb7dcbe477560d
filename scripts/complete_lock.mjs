/**
 * Adds the binaries of other platforms to package-lock.json.
 *
 * A registry mirror may hold the optional packages of its own platform only. npm leaves those that it cannot fetch out of
 * the lock file, and `npm ci` then refuses that file everywhere. This writes what npm would have written, except for the
 * checksum: name, version and platform. Run it after changing dependencies where such a mirror serves.
 */

import {readFileSync, writeFileSync} from 'node:fs';

const OS = {
  win32: 'win32',
  darwin: 'darwin',
  linux: 'linux',
  android: 'android',
  freebsd: 'freebsd',
  openharmony: 'openharmony',
};
const CPU = {
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  wasm32: 'wasm32',
};
const LIBC = {gnu: 'glibc', musl: 'musl', gnueabihf: 'glibc', musleabihf: 'musl'};

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
let added = 0;
for (const [place, {optionalDependencies = {}, dev}] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!/^\d/.test(version) || isLocked(name, place)) continue;
    const words = name.split('/').pop().split('-');
    const entry = (key, table) => {
      const found = words.map((word) => table[word]).filter(Boolean);
      return found.length > 0 ? {[key]: found.slice(-1)} : {};
    };
    const libc = words.includes('linux') ? entry('libc', LIBC) : {};
    const platform = {...entry('cpu', CPU), ...libc, ...entry('os', OS)};
    if (!platform.os && !platform.cpu) continue;
    lock.packages[`node_modules/${name}`] = {version, ...platform, ...(dev && {dev}), optional: true};
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} packages of other platforms added.`);

/** Where Node would find `name` from a package at `place`: in its own node_modules or one above. */
function isLocked(name, place) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${folder}${folder && '/'}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}
