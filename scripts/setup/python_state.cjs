// Is the Python environment of the Keras bridge ready? Answered from files alone: jest.config.js asks at every start.
const {createHash} = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const {root, cacheFolder} = require('./project.cjs');

const requirements = path.join(root, 'python', 'requirements-test.txt');
const folder = path.join(cacheFolder, 'python');
const stamp = path.join(folder, 'setup-stamp.json');
const executable = path.join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));

const fingerprint = () => createHash('sha256').update(fs.readFileSync(requirements)).digest('hex');

/** Version of the Python of a complete environment, or null. existsSync is false where its base Python has gone. */
function readyVersion() {
  try {
    const written = JSON.parse(fs.readFileSync(stamp, 'utf8'));
    return written.fingerprint === fingerprint() && fs.existsSync(executable) ? written.version : null;
  } catch {
    return null; // no stamp
  }
}

/** To be called when all packages are installed. */
const writeStamp = (version) => fs.writeFileSync(stamp, `${JSON.stringify({version, fingerprint: fingerprint()})}\n`);

/** As findBackends does for a backend: {name, present, reason?, executable}. */
function findKeras() {
  const present = readyVersion() !== null;
  return {
    name: 'keras',
    present,
    reason: present ? null : 'no Python environment: run `npm run setup -- python`',
    executable,
  };
}

module.exports = {requirements, folder, executable, readyVersion, writeStamp, findKeras};
