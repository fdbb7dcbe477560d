// Where the project and its files are. CommonJS, so that jest.config.js can load what builds on it.
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');

/** Folder of an installed package, or null. */
function packageFolder(name) {
  const folder = path.join(root, 'node_modules', name);
  return fs.existsSync(path.join(folder, 'package.json')) ? folder : null;
}

/** Arguments for Node with which a script has this package by its public names, from source. */
const FROM_SOURCE = ['--import', 'tsx', '--conditions=tfjs-piecewise:source'];

module.exports = {
  root,
  FROM_SOURCE,
  packageFolder,
  /** For large files that outlive node_modules; several checkouts may share one folder. */
  cacheFolder: path.resolve(root, process.env.TFJS_PIECEWISE_CACHE || '.cache'),
  logFile: path.join(root, '.cache', 'setup.log'),
  lockFile: path.join(root, '.cache', 'setup.lock'),
};
