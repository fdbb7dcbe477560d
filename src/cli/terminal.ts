import type {Progress} from './progress';

/** Where a command writes. */
export interface Terminal {
  print(text: string): void;
  complain(text: string): void;
  columns: number;
  /** A bar over that many steps. */
  progress(steps: number): Progress;
}

/** Thrown for a command line that cannot be meant: exit code 2, where what fails later is 1. */
export class UsageError extends Error {}

/** For paths that are missing, empty or too many. */
export function wrongPaths(who: string, names: readonly string[], received: readonly string[]): UsageError {
  const shown = received.length === 0 ? 'none' : received.map((path) => `'${path}'`).join(' ');
  return new UsageError(`${who}: the paths must be ${names.join(' ')}, but received ${shown}`);
}
