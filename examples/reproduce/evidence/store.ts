/** Finished runs, each in a file of its own, so that an interruption costs the run under way and no other. */

import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {readJson, replaceFile} from '../../node/files';
import type {Circumstances} from './circumstances';

/** A result, and what it was measured with. */
export type Recorded<T> = T & {on: Circumstances};

/** Results T, told from each other by their K. */
export class Store<T, K extends keyof T> {
  private readonly results = new Map<string, Recorded<T>>();
  /** How many results are new. */
  added = 0;

  /** The files of the folder, and what is recorded already, which they replace. */
  constructor(
    private readonly folder: string,
    private readonly keyOf: (result: Pick<T, K>) => string,
    recorded: readonly Recorded<T>[],
  ) {
    for (const result of recorded) this.results.set(keyOf(result), result);
    for (const name of filesOf(folder)) {
      const result = readJson<Recorded<T>>(join(folder, name))!;
      this.results.set(keyOf(result), result);
    }
  }

  get all(): Recorded<T>[] {
    return [...this.results.keys()].sort().map((key) => this.results.get(key)!);
  }

  has(result: Pick<T, K>): boolean {
    return this.results.has(this.keyOf(result));
  }

  add(result: Recorded<T>): void {
    const key = this.keyOf(result);
    replaceFile(join(this.folder, `${key}.json`), `${JSON.stringify(result, null, 2)}\n`);
    this.results.set(key, result);
    this.added++;
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
