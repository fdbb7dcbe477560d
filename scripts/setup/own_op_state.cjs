// How our TensorFlow ops are compiled, and whether the compiled file is that of the source as it is now.
const {createHash} = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const {root} = require('./project.cjs');
const {tfjsNodePaths} = require('./tfjs_node_state.cjs');

const SOURCE = path.join(root, 'src', 'kernels', 'tensorflow', 'addon');
const addon = path.join(root, 'build', 'Release', 'tfjs_piecewise.node');
const stamp = `${addon}.json`;

const sources = () => fs.readdirSync(SOURCE).sort();

/** For g++: everything but the instruction sets, which the sources choose file by file. */
function compilerArguments(output) {
  const {deps} = tfjsNodePaths();
  const lib = path.join(deps, 'lib');
  return [
    ...['-shared', '-fPIC', '-pthread', '-std=c++17', '-O3', '-fno-math-errno', '-fno-trapping-math'],
    ...['-fvisibility=hidden', '-Wall', '-Wextra', '-DNAPI_VERSION=8'],
    ...['-isystem', path.join(root, 'node_modules', 'node-api-headers', 'include')],
    ...sources()
      .filter((name) => name.endsWith('.cc'))
      .map((name) => path.join(SOURCE, name)),
    ...['-o', output, `-L${lib}`, '-ltensorflow', '-ltensorflow_framework'],
    // TensorFlow keeps the addresses of the kernels: the file must not go when the worker thread that loaded it does.
    '-Wl,-z,nodelete',
  ];
}

/** Changes with the source, the way to compile it, the platform, and the TensorFlow that it is linked to. */
function fingerprint() {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([process.platform, process.arch, compilerArguments(addon)]));
  for (const name of sources()) hash.update(name).update(fs.readFileSync(path.join(SOURCE, name)));
  const lib = path.join(tfjsNodePaths().deps, 'lib');
  for (const name of fs.readdirSync(lib).sort()) hash.update(`${name} ${fs.statSync(path.join(lib, name)).size}`);
  return hash.digest('hex');
}

function isFresh() {
  try {
    return fs.existsSync(addon) && JSON.parse(fs.readFileSync(stamp, 'utf8')).fingerprint === fingerprint();
  } catch {
    return false; // no stamp, or no tfjs-node
  }
}

const writeStamp = () => fs.writeFileSync(stamp, `${JSON.stringify({fingerprint: fingerprint()})}\n`);

module.exports = {addon, compilerArguments, isFresh, writeStamp};
