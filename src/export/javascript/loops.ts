import type {StepCode} from '../program/program';

/** Steps that come again and again, with other weights each time. */
export interface Loop {
  /** Its weights are `u0`, `u1`, ... */
  readonly body: readonly StepCode[];
  /** The names of the weights of each time. */
  readonly rows: readonly (readonly string[])[];
}

export type Part = StepCode | Loop;

export const isLoop = (part: Part): part is Loop => 'body' in part;

const WEIGHT = /\bw\d+\b/g;

/** Letters of a loop, and of the table that it reads. */
const HEAD = 60;

const textOf = ({lines}: StepCode) => lines.join('\n');

/** The steps, with loops in the place of those that repeat: what saves most first. */
export function withLoops(steps: readonly StepCode[]): Part[] {
  const best = bestLoop(steps);
  if (!best) return [...steps];
  const {start, period, times} = best;
  const end = start + period * times;
  return [...withLoops(steps.slice(0, start)), loopOf(steps.slice(start, end), period), ...withLoops(steps.slice(end))];
}

interface Repeats {
  readonly start: number;
  readonly period: number;
  readonly times: number;
}

function bestLoop(steps: readonly StepCode[]): Repeats | null {
  const keys = steps.map((step) => textOf(step).replace(WEIGHT, 'w'));
  const weights = steps.map((step) => textOf(step).match(WEIGHT) ?? []);
  let best: (Repeats & {saved: number}) | null = null;
  for (let period = 1; 2 * period <= steps.length; period++) {
    let equal = 0;
    // From the end: how many steps in turn are as those one period later.
    for (let start = steps.length - period - 1; start >= 0; start--) {
      equal = keys[start] === keys[start + period] ? equal + 1 : 0;
      const times = Math.floor(equal / period) + 1;
      if (times === 1) continue;
      const body = keys.slice(start, start + period);
      const saved = (times - 1) * body.reduce((sum, {length}) => sum + length + 3, 0) - HEAD;
      // Numbers of other places in the same weights would make no table.
      const varies = weights
        .slice(start, start + period)
        .some((names, i) => String(names) !== String(weights[start + i + period]));
      if (varies && saved > (best?.saved ?? 0)) best = {start, period, times, saved};
    }
  }
  return best;
}

function loopOf(steps: readonly StepCode[], period: number): Loop {
  const times = Array.from({length: steps.length / period}, (_, i) => steps.slice(i * period, (i + 1) * period));
  const names = times.map((own) => own.flatMap((step) => textOf(step).match(WEIGHT) ?? []));
  const columns: string[][] = [];
  const inside = names[0].map((name, place) => {
    const column = names.map((row) => row[place]);
    if (column.every((other) => other === name)) return name;
    let at = columns.findIndex((other) => String(other) === String(column));
    if (at < 0) at = columns.push(column) - 1;
    return `u${at}`;
  });
  let place = 0;
  const body = times[0].map(({kind, lines}) => ({
    kind,
    lines: lines.map((line) => line.replace(WEIGHT, () => inside[place++])),
  }));
  return {body, rows: names.map((_, row) => columns.map((column) => column[row]))};
}
