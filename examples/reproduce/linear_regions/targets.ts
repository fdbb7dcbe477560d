/** The functions of one variable on [0, 1]. */

import * as pw from 'tfjs-piecewise';

export interface Target {
  name: string;
  f(x: number): number;
  /** How the waves of this target start, if not from the chord of the data. */
  start?: pw.layers.TriangleWaveArgs;
}

export const TARGETS: Target[] = [
  {name: 'x^3', f: (x) => x ** 3},
  {name: 'x^11', f: (x) => x ** 11},
  {name: 'sin x', f: Math.sin},
  {name: 'tanh 3x', f: (x) => Math.tanh(3 * x)},
];

/** The sources do not tell base line, scale and peaks of the paper's start. This one serves every target alike. */
export function startOf({f, start}: Target, x: number[]): pw.layers.TriangleWaveArgs {
  return start ?? pw.chordStart(x, x.map(f));
}

/** A convex function of the reader's choice. */
export function convexTarget(name: string, f: (x: number) => number): Target {
  const [start, end, middle] = [f(0), f(1), f(0.5)];
  if (![start, end, middle].every(Number.isFinite)) {
    throw new Error(`--target ${name} is not finite at 0, 0.5 and 1. Give a function of x on [0, 1], as 'exp(2 * x)'.`);
  }
  if (!(middle < (start + end) / 2)) throw new Error(`--target ${name} is not convex on [0, 1]: it does not sag.`);
  return {name, f};
}
