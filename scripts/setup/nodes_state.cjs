// Which of the Node versions that the package is tested on are installed. Files only and synchronous.
const fs = require('node:fs');
const packages = require('./packages.cjs');

const SET = 'nodes';
const VERSIONS = [20, 22, 24, 26];
const PLATFORM = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The installed ones: {version: '24.22.3', executable}. */
function nodes() {
  return VERSIONS.map((major) => `node-${major}`)
    .filter((name) => fs.existsSync(packages.packagePath(SET, `${name}/package.json`)))
    .map((name) => ({
      version: JSON.parse(fs.readFileSync(packages.packagePath(SET, `${name}/package.json`), 'utf8')).version,
      executable: packages.packagePath(SET, `${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`),
    }));
}

/** Why they are not all there, or null. */
const whyMissing = () =>
  nodes().length === VERSIONS.length ? null : `not all of Node ${VERSIONS.join(', ')} are installed`;

module.exports = {VERSIONS, PLATFORM, nodes, whyMissing};
