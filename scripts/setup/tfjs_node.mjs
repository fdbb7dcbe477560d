// The native library of @tensorflow/tfjs-node, which runs the backend `tensorflow`.
import path from 'node:path';
import {compileAddon, linkLibraries} from './addon.mjs';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';
import {check, installerIsReachable, needPackage, runInstaller} from './tfjs_node_package.mjs';
import state from './tfjs_node_state.cjs';
import {needTools} from './tools.mjs';
import {cachedWheel, downloadWheel, WHEEL_VERSION, wheelFits} from './wheel.mjs';

export const name = 'tfjs-node';
export const about = 'the library of tfjs-node: the backend tensorflow, 25 to 40 times as fast for wide dense layers';
export const megabytes = 560;
export const needs = [];

const hint = (text) => log.hint(name, text);
const readyLine = (version) => `ready (TensorFlow ${version})`;

/** The libraries, in the cache or in tfjs-node itself, and the addon. */
export function places() {
  const paths = state.tfjsNodePaths();
  return [cachedWheel() ?? paths?.deps, paths && path.dirname(paths.addon)].filter(Boolean);
}

/** The line for a part that is ready, or null; cheap. */
export function ready() {
  const version = state.readyVersion();
  return version && readyLine(version);
}

async function install() {
  if (wheelFits() && !(await installerIsReachable())) return null;
  await runInstaller(hint);
  const {tensorflow} = await check();
  return tensorflow ? `installed TensorFlow ${tensorflow} by tfjs-node's own installer` : null;
}

async function build() {
  if (!wheelFits()) throw new Failure("tfjs-node's own installer failed, and there is no wheel for this platform");
  await needTools(cachedWheel() ? ['g++'] : ['g++', 'python3-pip'], hint);
  linkLibraries(cachedWheel() ?? (await downloadWheel(hint)));
  await compileAddon(hint);
  const {tensorflow, step, error} = await check();
  if (!tensorflow) throw new Failure(`tfjs-node does not ${step} on Node ${process.version}: ${error}`);
  return `built from the tensorflow-cpu ${WHEEL_VERSION} wheel`;
}

/** Brings the library and returns the line to print, or throws a Failure. */
export async function bring() {
  await needPackage(hint);
  const {tensorflow, step, error} = await check();
  if (tensorflow) return readyLine(tensorflow);
  // A library that loads but does not calculate would not do better if it were built again.
  if (step !== 'load') throw new Failure(`tfjs-node does not ${step} on Node ${process.version}: ${error}`);
  return (cachedWheel() ? null : await install()) ?? (await build());
}
