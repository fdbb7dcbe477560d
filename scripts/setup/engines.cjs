// The executables of Deno and Bun, which their packages bring for this platform. Files only and synchronous.
const fs = require('node:fs');
const path = require('node:path');
const packages = require('./packages.cjs');

const SUFFIX = process.platform === 'win32' ? '.exe' : '';
/** The scope of the packages of each, and the file in one of them. */
const ENGINES = {deno: ['@deno', `deno${SUFFIX}`], bun: ['@oven', `bin/bun${SUFFIX}`]};

/** The path of one by its name. */
function engine(name) {
  const [scope, file] = ENGINES[name];
  const folder = packages.packagePath('engines', scope);
  const [executable] = fs
    .readdirSync(folder)
    .map((one) => path.join(folder, one, file))
    .filter((one) => fs.existsSync(one));
  return executable;
}

module.exports = {engine};
