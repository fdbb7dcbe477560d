/**
 * What a conformance run found, for BACKENDS.md: `npm run backends` names a folder in CONFORMANCE_RESULTS, and makes the
 * page of what the specs write there. Without the variable nothing is written.
 */

import {appendFileSync} from 'node:fs';
import path from 'node:path';
import type {BackendReport} from 'tfjs-piecewise';
import {difference, largest} from './close';

/** Where a spec runs. */
export interface Runner {
  environment: 'Node' | 'Chromium';
  /** Begins with the name of the backend: 'webgl, version 2'. */
  title: string;
}

/** What the ops of a runner run on. */
export function recordReport(runner: Runner, report: BackendReport): void {
  write({runner, report});
}

/** A case of a kernel that passed: its outputs, and the expected ones in doubles. */
export function recordCase(
  runner: Runner,
  kernel: string,
  outputs: {actual: ArrayLike<number>; expected: ArrayLike<number>}[],
): void {
  const errors = outputs.map(({actual, expected}) => relativeError(actual, expected));
  write({runner, kernel, error: Math.max(0, ...errors)});
}

/** Derivatives of an op that were compared and found right: first, second or third. */
export function recordDerivative(runner: Runner, op: string, order: 1 | 2 | 3): void {
  write({runner, op, order});
}

function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0;
  for (let i = 0; i < expected.length; i++) error = Math.max(error, difference(actual[i], expected[i]));
  return error / (largest(expected) || 1);
}

/** One line of JSON; each process has a file of its own. */
function write(record: object): void {
  const folder = process.env.CONFORMANCE_RESULTS;
  if (folder) appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${JSON.stringify(record)}\n`);
}
