// The TensorFlow ops of this package, compiled for the TensorFlow that tfjs-node runs on. Without them its kernels are
// made of TensorFlow's own ops, which are slower.
import fs from 'node:fs';
import path from 'node:path';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';
import state from './own_op_state.cjs';
import project from './project.cjs';
import {run} from './run.mjs';
import {needTools} from './tools.mjs';

export const name = 'own-op';
export const about = 'our TensorFlow ops in C++, for faster transforms on the backend tensorflow';
export const megabytes = 1;
export const needs = ['tfjs-node'];
export const places = () => [path.dirname(state.addon)];

/** The line for a part that is ready, or null; cheap. */
export const ready = () => (state.isFresh() ? `ready (${path.relative(project.root, state.addon)})` : null);

/** Compiles it and returns the line to print, or throws a Failure. */
export async function bring() {
  if (process.platform !== 'linux') throw new Failure('it is built on Linux only');
  await needTools(['g++'], (text) => log.hint(name, text));
  log.hint(name, 'compiling...');
  fs.mkdirSync(path.dirname(state.addon), {recursive: true});
  const fresh = state.addon.replace(/\.node$/, `-${process.pid}.node`);
  try {
    const {ok} = await run('g++', state.compilerArguments(fresh));
    if (!ok) throw new Failure('it did not compile');
    const check = path.join(import.meta.dirname, 'own_op_check.cjs');
    const {output, result} = await run(process.execPath, [...project.FROM_SOURCE, check, fresh], {
      cwd: project.root,
      env: {TF_CPP_MIN_LOG_LEVEL: '2'},
    });
    if (result !== 0) throw new Failure(`it does not load: ${output.split('\n').at(-1)}`);
    fs.renameSync(fresh, state.addon);
  } finally {
    fs.rmSync(fresh, {force: true});
  }
  state.writeStamp();
  return `compiled ${path.relative(project.root, state.addon)}`;
}
