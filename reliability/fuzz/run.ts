/** All properties on the backend that is active. */

import fc from 'fast-check';
import {Wrong, withoutLeak} from './compare';
import {PROPERTIES} from './properties';

export interface Failure {
  property: string;
  kind: 'wrong' | 'crash';
  seed: number;
  path: string;
  /** The case as text, as small as it could be made. */
  smallest: string;
  message: string;
}

export interface Outcome {
  property: string;
  runs: number;
  failure: Failure | null;
}

/** `runs` cases in all, shared out by the weights of the properties. */
export async function run(
  runs: number,
  seed: number,
  {only, path, onProgress}: {only?: string; path?: string; onProgress?: (done: number) => void} = {},
): Promise<Outcome[]> {
  const chosen = PROPERTIES.filter(({name}) => only === undefined || name === only);
  const total = chosen.reduce((sum, {weight}) => sum + weight, 0);
  const outcomes: Outcome[] = [];
  let done = 0;
  for (const {name, weight, cases, check} of chosen) {
    const numRuns = Math.max(1, Math.round((runs * weight) / total));
    const property = fc.asyncProperty(cases, async (value) => {
      await withoutLeak(() => check(value));
      if (++done % 100 === 0) onProgress?.(done);
    });
    const details = await fc.check(property, {numRuns, seed, path});
    outcomes.push({property: name, runs: details.numRuns, failure: details.failed ? failureOf(name, details) : null});
  }
  return outcomes;
}

function failureOf(
  property: string,
  {seed, counterexample, counterexamplePath, errorInstance}: fc.RunDetails<[unknown]>,
): Failure {
  const error = errorInstance as Error | null;
  const isWrong = error instanceof Wrong;
  return {
    property,
    kind: isWrong ? 'wrong' : 'crash',
    seed,
    path: counterexamplePath ?? '',
    smallest: fc.stringify(counterexample?.[0]),
    message: (isWrong ? error.message : error?.stack) ?? 'no error was given',
  };
}
