/** The addon of the tensorflow backend, compiled with AddressSanitizer and UndefinedBehaviorSanitizer. */

import {spawn, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {ROOT} from '../../bench/machine';
import {mapConcurrent} from '../runner/child';
import type {Change} from './variants';

const {compilerArguments} = require('../../scripts/setup/own_op_state.cjs') as {
  compilerArguments(output: string): string[];
};

const SOURCE = path.join(ROOT, 'src/kernels/tensorflow/addon');
const CACHE = path.join(ROOT, '.cache/sanitize');
const SANITIZE = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-fno-omit-frame-pointer', '-g1'];

/** What a process needs in its environment to load such an addon: the runtime must come before all other libraries. */
export function sanitizerEnvironment(): {[name: string]: string} {
  const {stdout} = spawnSync('g++', ['-print-file-name=libasan.so'], {encoding: 'utf8'});
  return {
    LD_PRELOAD: stdout.trim(),
    ASAN_OPTIONS: 'detect_leaks=0', // Node and TensorFlow leave much to the end of the process
    UBSAN_OPTIONS: 'print_stacktrace=1',
  };
}

/** Compiles the sources with changes, and returns the file. What is compiled already is used again. */
export async function buildSanitized(changes: readonly Change[]): Promise<string> {
  const sources = new Map(
    readdirSync(SOURCE).map((name) => [name, readFileSync(path.join(SOURCE, name), 'utf8')] as const),
  );
  for (const {file, from, to} of changes) {
    const text = sources.get(file)!;
    if (!text.includes(from))
      throw new Error(`${file} has no "${from}" any more: see reliability/sanitize/variants.ts.`);
    sources.set(file, text.replace(from, to));
  }
  const output = path.join(CACHE, 'tfjs_piecewise.node');
  const all = compilerArguments(output).map((arg) => (arg === '-O3' ? '-O1' : arg));
  const isSource = (arg: string) => arg.startsWith(SOURCE);
  const units = all.filter(isSource).map((file) => path.basename(file));
  const link = all.indexOf('-o', all.findIndex(isSource));
  const compile = [...SANITIZE, ...all.slice(0, link).filter((arg) => !isSource(arg) && arg !== '-shared')];
  const objects = await mapConcurrent(units, 2, (unit) => compileUnit(unit, sources, compile));
  await gcc([...SANITIZE, '-shared', '-pthread', ...objects, ...all.slice(link)]);
  return output;
}

/** All headers, too, count as the source of each unit; the loops of an instruction set have the largest. */
async function compileUnit(unit: string, sources: Map<string, string>, flags: string[]): Promise<string> {
  const own = [...sources].filter(([name]) => name === unit || !name.endsWith('.cc'));
  const key = createHash('sha256')
    .update(JSON.stringify([unit, own, flags]))
    .digest('hex')
    .slice(0, 16);
  const object = path.join(CACHE, `${key}.o`);
  if (existsSync(object)) return object;
  const folder = path.join(CACHE, key);
  mkdirSync(folder, {recursive: true});
  for (const [name, text] of own) writeFileSync(path.join(folder, name), text);
  await gcc([...flags, '-c', path.join(folder, unit), '-o', `${object}.new`]);
  rmSync(folder, {recursive: true});
  renameSync(`${object}.new`, object);
  return object;
}

function gcc(args: string[]): Promise<void> {
  const child = spawn('g++', args, {stdio: ['ignore', 'inherit', 'inherit']});
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new Error('there is no g++')));
    child.once('close', (status) => (status === 0 ? resolve() : reject(new Error(`g++ ended with ${status}`))));
  });
}
