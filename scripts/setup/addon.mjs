// Compiles tfjs-node's addon: two files on Node-API, whose headers come from npm. So neither node-gyp nor the headers
// of this Node version are needed, and the result runs on every Node version.
import fs from 'node:fs';
import path from 'node:path';
import {Failure} from './failure.mjs';
import project from './project.cjs';
import {run} from './run.mjs';
import state from './tfjs_node_state.cjs';

// Names under which the addon, the linker and tfjs-node's own installer look for the two libraries of the wheel.
const LINKS = {
  'libtensorflow_cc.so.2': ['libtensorflow_cc.so.2', 'libtensorflow.so', 'libtensorflow.so.2.9.1'],
  'libtensorflow_framework.so.2': ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
};

/** Relative, so that a project can be moved together with its cache. */
function link(target, file) {
  fs.symlinkSync(path.relative(fs.realpathSync(path.dirname(file)), fs.realpathSync(target)), file);
}

/** Links tfjs-node's `deps` folder to an unpacked wheel. */
export function linkLibraries(wheel) {
  const {deps} = state.tfjsNodePaths();
  const fresh = `${deps}.new-${process.pid}`;
  fs.mkdirSync(path.join(fresh, 'lib'), {recursive: true});
  link(path.join(wheel, 'include'), path.join(fresh, 'include'));
  for (const [library, names] of Object.entries(LINKS)) {
    for (const name of names) link(path.join(wheel, library), path.join(fresh, 'lib', name));
  }
  fs.rmSync(deps, {recursive: true, force: true});
  fs.renameSync(fresh, deps);
}

/** Compiles against tfjs-node's `deps` folder; an interrupted run leaves no broken addon. */
export async function compileAddon(hint) {
  hint('compiling the addon...');
  const {folder, deps, addon} = state.tfjsNodePaths();
  const fresh = `${addon}.new-${process.pid}`;
  fs.mkdirSync(path.dirname(addon), {recursive: true});
  const {ok} = await run('g++', [
    ...['-shared', '-fPIC', '-pthread', '-O2', '-std=c++17', '-w'],
    ...['-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION', '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
    `-I${path.join(project.root, 'node_modules', 'node-api-headers', 'include')}`,
    `-I${path.join(deps, 'include')}`,
    path.join(folder, 'binding', 'tfjs_backend.cc'),
    path.join(folder, 'binding', 'tfjs_binding.cc'),
    ...['-o', fresh, `-L${path.join(deps, 'lib')}`, '-ltensorflow', '-ltensorflow_framework'],
    '-Wl,-rpath,$ORIGIN/../../deps/lib',
  ]);
  if (ok) fs.renameSync(fresh, addon);
  fs.rmSync(fresh, {force: true});
  if (!ok) throw new Failure('the addon did not compile');
}
