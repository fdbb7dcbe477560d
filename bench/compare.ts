/** Paired timings: the variants take turns, so that a busy machine slows all of them; only ratios of medians are claimed. */

export interface Variant {
  /** Runs once, to the end: a result that is still being computed must be awaited. */
  run(): unknown;
  /** Before and after each turn, not timed. */
  enter?(): void;
  leave?(): void;
}

/** Milliseconds a run. */
export interface Timing {
  median: number;
  /** First and third quartile: half of the turns lie between. */
  quartiles: [number, number];
  turns: number;
}

export interface Effort {
  turns: number;
  /** Milliseconds for the turns of one variant; one turn it always has. */
  budget: number;
}

/** A turn repeats a run until the clock can tell it, and the caches are its own. */
const TURN = 2;
/** V8 compiles a function well only after it has run for a while, and a GPU its shaders in the first run. */
const WARM_UP = 20;
/** A first run as long as this is the only one. Less may be shaders: SwiftShader compiles two of ours for 1.5 seconds. */
const LONG = 4000;

/** The timings of the variants, by name. */
export async function compare<Name extends string>(
  variants: Record<Name, Variant>,
  {turns, budget}: Effort,
): Promise<Record<Name, Timing>> {
  const names = Object.keys(variants) as Name[];
  const plans = {} as Record<Name, {times: number[]; turns: number; repeats: number}>;
  for (const name of names) {
    const first = await turn(variants[name], 1);
    if (first > LONG) {
      plans[name] = {times: [first], turns: 0, repeats: 1};
      continue;
    }
    // The next one may be as slow, and the clock of a page has steps of 0.1 ms.
    let [runs, last, spent] = [Math.ceil(WARM_UP / first), 0, 0];
    while (last < TURN || spent < WARM_UP) {
      if (spent > 0 && last < TURN) runs *= 2;
      last = runs * (await turn(variants[name], runs));
      spent += last;
    }
    const repeats = Math.ceil((TURN * runs) / last);
    const affordable = Math.max(1, Math.floor((budget * runs) / (last * repeats)));
    plans[name] = {times: [], turns: Math.min(turns, affordable), repeats};
  }
  for (let i = 0; i < turns; i++) {
    for (const name of names) {
      const plan = plans[name];
      // Who has fewer turns has them spread over the others'.
      if ((i * plan.turns) % turns < plan.turns) plan.times.push(await turn(variants[name], plan.repeats));
    }
  }
  const timings = {} as Record<Name, Timing>;
  for (const name of names) timings[name] = summarize(plans[name].times);
  return timings;
}

/** Mean milliseconds of the runs of one turn. */
async function turn({run, enter, leave}: Variant, repeats: number): Promise<number> {
  enter?.();
  const start = performance.now();
  for (let i = 0; i < repeats; i++) {
    const result = run();
    if (result instanceof Promise) await result; // to await what is there already would cost more than a small kernel
  }
  const time = (performance.now() - start) / repeats;
  leave?.();
  return Math.max(time, 1e-6);
}

function summarize(times: number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return {median: at(0.5), quartiles: [at(0.25), at(0.75)], turns: sorted.length};
}

/** The timing of one of the `calls` that each run makes. */
export const perCall = ({median, quartiles: [first, third], turns}: Timing, calls: number): Timing => ({
  median: median / calls,
  quartiles: [first / calls, third / calls],
  turns,
});
