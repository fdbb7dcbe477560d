// The Python of the project's own tests. Files only, so that specs can ask at every start.
const fs = require('node:fs');
const path = require('node:path');
const {cacheFolder, root} = require('./project.cjs');

const folder = path.join(cacheFolder, 'python');
const requirements = path.join(root, 'python', 'requirements-test.txt');
const stamp = path.join(folder, 'requirements-test.txt');

/** Its path; null where it is not there, or lacks something that is required by now. */
function pythonPath() {
  const executable = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const isReady = fs.existsSync(executable) && fs.existsSync(stamp);
  return isReady && fs.readFileSync(stamp, 'utf8') === fs.readFileSync(requirements, 'utf8') ? executable : null;
}

module.exports = {folder, requirements, stamp, pythonPath};
