// Jupyter, and tslab, its kernel for TypeScript, in .cache: what runs the notebooks.
import fs from 'node:fs';
import path from 'node:path';
import {aptInstall} from './apt.mjs';
import {Failure} from './failure.mjs';
import * as log from './log.mjs';
import state from './notebooks_state.cjs';
import packages from './packages.cjs';
import {installPackages} from './pip.mjs';
import project from './project.cjs';
import {run} from './run.mjs';
import {needTools} from './tools.mjs';

export const name = 'notebooks';
export const about = 'Jupyter and tslab, for npm run notebooks';
export const megabytes = 150;
export const needs = ['onnx', 'python', 'c'];

const WANTED = path.join(project.root, 'scripts/notebooks/kernel');
const {python: PYTHON, kernel: KERNEL, state: STATE} = state;
const LINKS = path.join(project.root, 'notebooks/node_modules');
const FASHION_MNIST = ['/usr/share/datasets/fashion-mnist', path.join(project.root, '.cache/datasets/fashion_mnist')];

const hint = (text) => log.hint(name, text);
const wantedState = () =>
  [
    process.execPath,
    ...['package-lock.json', 'requirements.txt'].map((file) => fs.readFileSync(path.join(WANTED, file))),
  ].join('\n');

export const places = () => [PYTHON, KERNEL];

export const {command} = state;

/** The line for a part that is ready, or null; cheap. */
export function ready() {
  const installed = fs.existsSync(STATE) ? fs.readFileSync(STATE, 'utf8') : null;
  return installed === wantedState() && fs.existsSync(path.join(LINKS, 'tslab/package.json'))
    ? `ready (${PYTHON})`
    : null;
}

/** Brings what is missing and returns the line to print, or throws a Failure. */
export async function bring() {
  await needTools(['python3-venv'], hint);
  hint('installing Jupyter from PyPI and tslab from the npm registry...');
  const must = async (program, args, options) => {
    const {ok} = await run(program, args, options);
    if (!ok) throw new Failure(`${path.basename(program)} ${args.join(' ')} failed`);
  };
  await must('python3', ['-m', 'venv', '--clear', PYTHON]);
  if (!(await installPackages(PYTHON, command('python'), path.join(WANTED, 'requirements.txt'))))
    throw new Failure('neither uv nor pip could install Jupyter');
  fs.mkdirSync(KERNEL, {recursive: true});
  for (const file of ['package.json', 'package-lock.json'])
    fs.copyFileSync(path.join(WANTED, file), path.join(KERNEL, file));
  await must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: KERNEL});
  writeKernel();
  link('tfjs-piecewise', project.root);
  link('tslab', path.join(KERNEL, 'node_modules/tslab'));
  link('onnxruntime-node', packages.packagePath('onnx', 'onnxruntime-node'));
  await bringFashionMnist();
  fs.writeFileSync(STATE, wantedState());
  return `installed in ${path.relative(project.root, PYTHON)} and ${path.relative(project.root, KERNEL)}`;
}

/** In the environment's own folder, where its Jupyter looks without being told. */
function writeKernel() {
  const folder = path.join(PYTHON, 'share/jupyter/kernels/tslab');
  const argv = [process.execPath, state.tslab, 'kernel', '--config-path={connection_file}'];
  fs.mkdirSync(folder, {recursive: true});
  const spec = {argv, display_name: 'TypeScript', language: 'typescript'};
  fs.writeFileSync(path.join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
}

/** The kernel finds packages as Node 10 did, which knew no package that imports itself. */
function link(packageName, target) {
  fs.mkdirSync(LINKS, {recursive: true});
  fs.rmSync(path.join(LINKS, packageName), {force: true});
  fs.symlinkSync(path.relative(LINKS, target), path.join(LINKS, packageName), 'dir');
}

/** Where there is no such package, the notebook downloads the files. */
async function bringFashionMnist() {
  if (FASHION_MNIST.some((folder) => fs.existsSync(folder))) return;
  await aptInstall(['dataset-fashion-mnist'], hint).catch((error) => log.note(`${name}: ${error.message}`));
}
