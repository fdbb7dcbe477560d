import {execFileSync} from 'node:child_process';
import {availableParallelism, cpus, totalmem} from 'node:os';
import * as tf from '@tensorflow/tfjs';
import {version} from 'tfjs-piecewise/package.json';

/** When, with what and on what something was measured. */
export interface Circumstances {
  date: string;
  commit: string;
  backend: string;
  versions: {[name: string]: string};
  hardware: {processor: string; threads: number; memoryGB: number; platform: string};
}

/** Those of now. */
export function circumstances(): Circumstances {
  return {
    date: new Date().toISOString().slice(0, 16),
    commit: COMMIT,
    backend: tf.getBackend(),
    versions: {'tfjs-piecewise': version, tfjs: tf.version.tfjs, node: process.versions.node},
    hardware: {
      processor: cpus()[0]?.model ?? process.arch,
      threads: availableParallelism(),
      memoryGB: Math.round(totalmem() / 1e9),
      platform: process.platform,
    },
  };
}

/** That of the program, which is read once: files may change while it runs. */
const COMMIT = commit();

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, {cwd: __dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
  try {
    // What was recorded before changes nothing of what is measured.
    const changed = git('status', '--porcelain', '--', ':/src', ':/examples') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? '-dirty' : ''}`;
  } catch {
    return 'unknown';
  }
}
