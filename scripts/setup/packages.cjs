// npm packages that only single commands need. Each set has a package.json and a lock in packages/<set>, and is installed
// apart, in .cache/packages/<set>, so that `npm ci` stays small. Files only and synchronous: jest.config.js asks at every start.
const fs = require('node:fs');
const path = require('node:path');
const {root} = require('./project.cjs');

/** Where the package.json of a set is, and where it is installed. */
const wantedFolder = (set) => path.join(__dirname, 'packages', set);
const installedFolder = (set) => path.join(root, '.cache', 'packages', set);
const stampOf = (set) => path.join(installedFolder(set), 'installed.json');

/** Changes with the packages and with what their binaries are made for. */
const fingerprint = (set) =>
  `${process.platform}-${process.arch}\n${fs.readFileSync(path.join(wantedFolder(set), 'package-lock.json'), 'utf8')}`;

function isInstalled(set) {
  try {
    return JSON.parse(fs.readFileSync(stampOf(set), 'utf8')) === fingerprint(set);
  } catch {
    return false; // no stamp
  }
}

/** To be called when all packages of the set are installed. */
const writeStamp = (set) => fs.writeFileSync(stampOf(set), JSON.stringify(fingerprint(set)));

/** Ends the process, with advice, where a command needs a set that is not installed. */
function requireSet(set, who) {
  if (isInstalled(set)) return;
  console.error(`${who}: run npm run setup -- ${set} first, which brings what it needs`);
  process.exit(1);
}

/** Path of a file of a set: `packagePath('tools', 'typedoc/bin/typedoc')`. */
const packagePath = (set, file) => path.join(installedFolder(set), 'node_modules', file);

/** Path of what `require(name)` would give from inside the set. */
const resolveIn = (set, name) => require.resolve(name, {paths: [installedFolder(set)]});

module.exports = {wantedFolder, installedFolder, isInstalled, requireSet, writeStamp, packagePath, resolveIn};
