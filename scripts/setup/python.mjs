// A Python environment with Keras, TensorFlow, JAX, ONNX Runtime and LiteRT, for the tests of the Keras bridge and of exports.
import {aptInstall} from './apt.mjs';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';
import {installPackages} from './pip.mjs';
import state from './python_state.cjs';
import {run} from './run.mjs';

export const name = 'python';
export const about =
  'Keras, TensorFlow, JAX, ONNX Runtime and LiteRT for Python, for the specs of the Keras bridge and of exports';
export const megabytes = 2100;
export const needs = [];
export const places = () => [state.folder];

const OLDEST = 10;
const NEWEST = 13; // minor versions of Python 3 that the packages in requirements-test.txt have wheels for
const VERSION = 'import sys; print("%d.%d" % sys.version_info[:2])';

const hint = (text) => log.hint(name, text);
const readyLine = (version) => `ready (Python ${version}, .cache/python)`;

/** The line for a part that is ready, or null; cheap. */
export function ready() {
  const version = state.readyVersion();
  return version && readyLine(version);
}

async function versionOf(command) {
  const {ok, output} = await run(command, ['-c', VERSION]);
  const [major, minor] = ok ? output.split('.').map(Number) : [];
  return major === 3 && minor >= OLDEST && minor <= NEWEST ? output : null;
}

/** PYTHON, where set, is the only candidate: a wrong one should be noticed. */
async function findPython() {
  const {PYTHON} = process.env;
  const names = PYTHON ? [PYTHON] : ['python3', 'python3.11', 'python3.12', 'python3.13', 'python3.10', 'python'];
  for (const command of names) {
    const version = await versionOf(command);
    if (version) return {command, version};
  }
  return null;
}

async function makeEnvironment() {
  const found = await findPython();
  if (found && (await run(found.command, ['-m', 'venv', '--clear', state.folder])).ok) return found.version;
  // Debian's Python comes without venv.
  const wanted = `Python 3.${OLDEST} to 3.${NEWEST} with venv`;
  if (process.env.PYTHON) throw new Failure(`PYTHON=${process.env.PYTHON} is not ${wanted}`);
  await aptInstall(['python3-venv'], hint);
  const version = await versionOf('/usr/bin/python3');
  if (version && (await run('/usr/bin/python3', ['-m', 'venv', '--clear', state.folder])).ok) return version;
  throw new Failure(`it needs ${wanted}; name one in PYTHON`);
}

/** Makes the environment and returns the line to print, or throws a Failure. */
export async function bring() {
  const version = await makeEnvironment();
  hint('installing Keras, TensorFlow, JAX, ONNX Runtime and LiteRT (600 MB of downloads)...');
  if (!(await installPackages(state.folder, state.executable, state.requirements)))
    throw new Failure('neither uv nor pip could install python/requirements-test.txt');
  state.writeStamp(version);
  return `installed the packages of python/requirements-test.txt for Python ${version}`;
}
