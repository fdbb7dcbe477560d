import {execFile} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {ROOT} from '../machine';

/** Another commit of this project, built in a folder that goes with it. */
export interface Checkout {
  folder: string;
  commit: string;
  date: string;
  subject: string;
  remove(): void;
}

/** Throws if git knows no such commit, or it does not build. `ownOp`: with its TensorFlow ops, which takes a minute. */
export async function checkOut(name: string, {ownOp}: {ownOp: boolean}): Promise<Checkout> {
  const format = '--format=%H%n%h%n%cs%n%s';
  const [hash, commit, date, subject] = (
    await runIn(ROOT, 'git', ['log', '-1', format, name, '--']).catch(() => {
      throw new Error(`there is no commit '${name}'. \`git log\` lists them, by the first letters of each line.`);
    })
  ).split('\n');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'piecewise-'));
  const remove = () => rmSync(folder, {recursive: true, force: true});
  try {
    await runIn(folder, 'git', ['clone', '--quiet', '--shared', '--no-checkout', ROOT, '.']);
    await runIn(folder, 'git', ['checkout', '--quiet', '--detach', hash]);
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules')); // both run on the same tfjs
    await runIn(folder, 'npm', ['run', '--silent', 'build']);
    if (ownOp) await runIn(folder, process.execPath, ['scripts/setup/index.mjs', 'own-op']);
    cpSync(__dirname, path.join(folder, 'bench/against'), {recursive: true});
  } catch (error) {
    remove();
    throw error;
  }
  return {folder, commit, date, subject, remove};
}

async function runIn(cwd: string, command: string, args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, {cwd, maxBuffer: 2 ** 26})).stdout.trim();
  } catch (error) {
    const {stderr, message} = error as {stderr?: string; message: string};
    throw new Error(`${command} ${args[0]} in ${cwd}: ${stderr?.trim().split('\n').at(-1) || message}`);
  }
}
