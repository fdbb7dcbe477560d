import {type ChildProcess, spawn} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';

/** A script of this project in a process of its own, by the loader of this one. */
export function startScript(script: string, args: string[]): ChildProcess {
  return spawn(process.execPath, [...process.execArgv, script, ...args], {stdio: ['ignore', 'pipe', 'ignore']});
}

export const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });

/** SIGKILL after a while, unless it has ended by itself; whether it was killed. */
export async function killAfter(child: ChildProcess, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  const done = ended(child).finally(() => timer.abort());
  await sleep(milliseconds, undefined, {signal: timer.signal}).catch(() => {});
  child.kill('SIGKILL');
  await done;
  return child.signalCode === 'SIGKILL';
}
