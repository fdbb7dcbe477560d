// The npm package @tensorflow/tfjs-node: there or not, its own installer, and whether it works.
import fs from 'node:fs';
import path from 'node:path';
import {Failure} from './failure.mjs';
import {note} from './log.mjs';
import project from './project.cjs';
import {run} from './run.mjs';
import state from './tfjs_node_state.cjs';

const PROBE_MS = 4000;

/** Some npm versions remove a package whose install script failed. */
export async function needPackage(hint) {
  if (state.tfjsNodePaths()) return;
  const {devDependencies} = JSON.parse(fs.readFileSync(path.join(project.root, 'package.json'), 'utf8'));
  const wanted = `${state.PACKAGE}@${devDependencies[state.PACKAGE]}`;
  hint(`installing the npm package ${wanted}...`);
  const windows = process.platform === 'win32'; // where npm is a script
  await run('npm', ['install', '--no-save', '--ignore-scripts', wanted], {cwd: project.root, shell: windows});
  if (!state.tfjsNodePaths()) throw new Failure(`npm could not install ${wanted}`);
}

/** Loads the package in a child process and remembers a success. Gives {tensorflow: version} or {step, error}. */
export async function check() {
  const script = path.join(import.meta.dirname, 'tfjs_node_check.cjs');
  const {output, result} = await run(process.execPath, [...project.FROM_SOURCE, script], {
    cwd: project.root,
    env: {TF_CPP_MIN_LOG_LEVEL: '2'},
  });
  const line = output.split('\n').findLast((text) => text.startsWith('{'));
  const answer = line ? JSON.parse(line) : {step: 'load', error: `the process ended with ${result}`};
  if (answer.tensorflow) state.writeStamp(answer.tensorflow);
  return answer;
}

/** The host that the package's installer downloads from is out of reach on many machines. */
export async function installerIsReachable() {
  const host = process.env.TFJS_NODE_BASE_URI || process.env.TFJS_NODE_CDN_STORAGE || 'https://storage.googleapis.com/';
  try {
    await fetch(new URL('/', host), {method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS)});
    return true;
  } catch (error) {
    note(`${host}: ${error.cause ?? error}`);
    return false;
  }
}

/** Whether it worked is seen by `check`: its exit code does not tell. */
export async function runInstaller(hint) {
  hint("running tfjs-node's own installer...");
  const {folder, deps} = state.tfjsNodePaths();
  for (const old of [deps, path.join(folder, 'lib')]) fs.rmSync(old, {recursive: true, force: true});
  const bin = path.join(project.root, 'node_modules', '.bin');
  const env = {PATH: [bin, process.env.PATH].join(path.delimiter)};
  await run(process.execPath, [path.join('scripts', 'install.js')], {cwd: folder, env});
}
