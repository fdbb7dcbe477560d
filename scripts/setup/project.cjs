// Where the project and its files are. CommonJS, so that jest.config.js can load what builds on it.
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');

/** Folder of an installed package, or null. */
function packageFolder(name) {
  const folder = path.join(root, 'node_modules', name);
  return fs.existsSync(path.join(folder, 'package.json')) ? folder : null;
}

module.exports = {
  root,
  packageFolder,
  /** For large files that outlive node_modules; several checkouts may share one folder. */
  cacheFolder: path.resolve(root, process.env.TFJS_PIECEWISE_CACHE || '.cache'),
  logFile: path.join(root, '.cache', 'setup.log'),
  lockFile: path.join(root, '.cache', 'setup.lock'),
};
