/** The functions of one variable on [0, 1]. */

import type * as pw from 'tfjs-piecewise';

export interface Target {
  name: string;
  f(x: number): number;
  /** How the waves of this target start and what of them is trained. */
  layer: pw.layers.TriangleWaveArgs;
}

// y = x - F(x) with s_0 = a_0 a_1, as in the paper as far as its sources tell. They do not tell how its peaks start: here
// in (0.25, 0.75), as those of the layer do. From (0, 1) the least errors are the same, and single runs stay 100x worse.
const CONVEX: pw.layers.TriangleWaveArgs = {base: {slope: 1, trainable: false}};
// The sources do not say what the base of a concave target is: all of it is trained. A scale that follows the slope holds
// the slopes of the function below twice that of its base, too little for tanh 3x.
const CONCAVE: pw.layers.TriangleWaveArgs = {curvature: 'concave', scale: 'train'};
const STEEP: pw.layers.TriangleWaveArgs = {curvature: 'concave', scale: 0.25};

export const TARGETS: Target[] = [
  {name: 'x^3', f: (x) => x ** 3, layer: CONVEX},
  {name: 'x^11', f: (x) => x ** 11, layer: CONVEX},
  {name: 'sin x', f: Math.sin, layer: CONCAVE},
  {name: 'tanh 3x', f: (x) => Math.tanh(3 * x), layer: STEEP},
];

/** A convex function of the reader's choice, which starts from the chord of its ends. */
export function convexTarget(name: string, f: (x: number) => number): Target {
  const [start, end, middle] = [f(0), f(1), f(0.5)];
  if (![start, end, middle].every(Number.isFinite)) {
    throw new Error(`--target ${name} is not finite at 0, 0.5 and 1. Give a function of x on [0, 1], as 'exp(2 * x)'.`);
  }
  if (!(middle < (start + end) / 2)) throw new Error(`--target ${name} is not convex on [0, 1]: it does not sag.`);
  // A level chord would leave no room for waves: their scale follows the slope.
  const sag = (start + end) / 2 - middle;
  const slope = Math.abs(end - start) > sag ? end - start : 4 * sag;
  return {name, f, layer: {scale: 'train', base: {slope, intercept: start}}};
}
