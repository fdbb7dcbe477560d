// Is tfjs-node's native library ready? Answered from files alone: loading TensorFlow costs over a second, so one
// load that worked is remembered in a stamp, which is trusted while the addon is the same: on Node-API, it fits every Node.
const fs = require('node:fs');
const path = require('node:path');
const {packageFolder} = require('./project.cjs');

const PACKAGE = '@tensorflow/tfjs-node';

/** Paths inside the package, or null where it is not installed. */
function tfjsNodePaths() {
  const folder = packageFolder(PACKAGE);
  return (
    folder && {
      folder,
      deps: path.join(folder, 'deps'),
      addon: path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'),
      stamp: path.join(folder, 'setup-stamp.json'),
    }
  );
}

function fingerprint(addon) {
  const {size, mtimeMs} = fs.statSync(addon);
  return `${process.platform}-${process.arch} ${size} ${mtimeMs}`;
}

/** The libraries are links into a cache that may have been deleted: existsSync is false for a dangling link. */
function librariesResolve(deps) {
  const lib = path.join(deps, 'lib');
  const names = fs.readdirSync(lib).filter((name) => /^(lib)?tensorflow/.test(name));
  return names.length > 0 && names.every((name) => fs.existsSync(path.join(lib, name)));
}

/** Version of the TensorFlow that tfjs-node runs on here, or null where it is not ready. */
function readyVersion() {
  const paths = tfjsNodePaths();
  if (!paths) return null;
  try {
    const stamp = JSON.parse(fs.readFileSync(paths.stamp, 'utf8'));
    return stamp.fingerprint === fingerprint(paths.addon) && librariesResolve(paths.deps) ? stamp.tensorflow : null;
  } catch {
    return null; // no stamp, no addon or no libraries
  }
}

/** To be called after a load that worked. */
function writeStamp(tensorflow) {
  const {stamp, addon} = tfjsNodePaths();
  fs.writeFileSync(stamp, `${JSON.stringify({tensorflow, fingerprint: fingerprint(addon)})}\n`);
}

module.exports = {PACKAGE, tfjsNodePaths, librariesResolve, readyVersion, writeStamp};
