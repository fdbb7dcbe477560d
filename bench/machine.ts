import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';

export const ROOT = path.join(__dirname, '..');

/** What the numbers of a run belong to. */
export function provenance() {
  const [{model}] = os.cpus();
  const {version} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return {
    machine: {cpu: model.trim(), cores: os.availableParallelism(), system: `${os.type()} ${os.arch()}`},
    versions: {node: process.versions.node, tfjs: tf.version.tfjs, 'tfjs-piecewise': version} as Record<string, string>,
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** The last commit, and whether the sources differ from it. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, {cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
  try {
    const changed = git('status', '--porcelain', '--', 'src', 'bench/*.ts') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
  } catch {
    return 'unknown';
  }
}
