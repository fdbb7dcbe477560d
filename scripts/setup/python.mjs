// A venv with what tests need of Python: the ONNX checker, ONNX Runtime.
import fs from 'node:fs';
import path from 'node:path';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';
import {folder, pythonPath, requirements, stamp} from './python_state.cjs';
import {run} from './run.mjs';

export const name = 'python';
export const backends = [];
export const usedBy = 'npm test goes on without tests of Python';

/** The line for a part that is ready, or null; cheap. */
export const ready = () => (pythonPath() ? `ready (${path.relative('', pythonPath())})` : null);

/** Brings what is missing and returns the line to print, or throws a Failure. */
export async function bring() {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  if (!(await run(python, ['-m', 'venv', folder])).ok) throw new Failure(`${python} -m venv failed`);
  log.hint(name, 'downloading what python/requirements-test.txt names...');
  const own = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  if (!(await run(own, install)).ok) throw new Failure('pip could not install python/requirements-test.txt');
  fs.copyFileSync(requirements, stamp);
  return 'installed python/requirements-test.txt';
}
