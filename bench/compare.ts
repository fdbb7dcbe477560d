/** Paired timings: the variants take turns, so that a busy machine slows all of them; only ratios of medians are claimed. */

export interface Variant {
  name: string;
  /** Runs once, to the end: a result that is still being computed must be awaited. */
  run(): unknown | Promise<unknown>;
}

/** Median milliseconds per run of each variant, over `turns` turns of at least 2 ms. */
export async function compare(variants: Variant[], turns = 15): Promise<number[]> {
  const repeats: number[] = [];
  for (const {run} of variants) {
    for (let i = 0; i < 3; i++) await run();
    const start = performance.now();
    await run();
    repeats.push(Math.max(1, Math.ceil(2 / Math.max(performance.now() - start, 1e-3))));
  }
  const times: number[][] = variants.map(() => []);
  for (let turn = 0; turn < turns; turn++) {
    for (const [i, {run}] of variants.entries()) {
      const start = performance.now();
      for (let k = 0; k < repeats[i]; k++) await run();
      times[i].push((performance.now() - start) / repeats[i]);
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[list.length >> 1]);
}
