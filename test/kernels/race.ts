import {performance} from 'node:perf_hooks';

const PATIENCE = 15_000;

/**
 * How many times as fast `ours` is as `theirs`, by the fastest call of each, which is what a free machine gives. The two
 * take turns, so that a busy machine slows both. The first `turns` that reach `goal` are enough; else it goes on for 15
 * seconds, as ops of two threads that share two cores with another process rarely find both free.
 */
export function speedup(
  ours: () => unknown,
  theirs: () => unknown,
  {turns, goal}: {turns: number; goal: number},
): number {
  const time = (run: () => unknown) => {
    const start = performance.now();
    run();
    return performance.now() - start;
  };
  const end = performance.now() + PATIENCE;
  let fastest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  do {
    for (let turn = 0; turn < turns; turn++)
      fastest = [Math.min(fastest[0], time(ours)), Math.min(fastest[1], time(theirs))];
  } while (fastest[1] < goal * fastest[0] && performance.now() < end);
  return fastest[1] / fastest[0];
}
