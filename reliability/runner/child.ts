/** Parts of a command in processes of their own: a crash, or a library of one backend, then stays there. */

import {spawn} from 'node:child_process';

interface Options {
  nodeArgs?: string[];
  env?: {[name: string]: string};
  /** 'pipe': what it says becomes part of the error. */
  stderr?: 'inherit' | 'pipe';
}

/** What a script of this project prints as its last line of JSON; throws if it ends without one. */
export function runInChild<Result>(
  what: string,
  script: string,
  args: string[],
  {nodeArgs = [], env = {}, stderr = 'inherit'}: Options = {},
): Promise<Result> {
  const child = spawn(process.execPath, [...nodeArgs, ...process.execArgv, script, ...args], {
    stdio: ['ignore', 'pipe', stderr],
    env: {...process.env, ...env},
  });
  let [stdout, said] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      const line = stdout
        .split('\n')
        .filter((text) => text.startsWith('{'))
        .at(-1);
      if (line && !signal) resolve(JSON.parse(line));
      else
        reject(
          new Error(
            `${what}: the process ended with ${signal ?? status}. Again: ${[script, ...args].join(' ')}\n${said}`,
          ),
        );
    });
  });
}

/** At most `width` at a time, in order. */
export async function mapConcurrent<T, R>(
  items: readonly T[],
  width: number,
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await run(items[i]);
    }
  };
  await Promise.all(Array.from({length: width}, work));
  return results;
}
