import type {Rational} from '../rational';
import {rational} from '../rational';
import type {Step} from '../steps';

/** One layer as it stands in a model. */
export interface Call {
  className: string;
  // biome-ignore lint/suspicious/noExplicitAny: what each layer saves
  config: any;
  weights: {[name: string]: Rational[]};
  inputShapes: number[][];
  outputShape: number[];
  /** Nothing reads its output. */
  isLast: boolean;
}

export type Reader = (call: Call) => Step[] | 'cut';

export const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);
export const upTo = (n: number) => Array.from({length: n}, (_, i) => i);
export const exact = rational;

/** All positions of a shape in order. */
export function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((all, n) => all.flatMap((at) => upTo(n).map((i) => [...at, i])), [[]]);
}

/** Where the value at a position stands. */
export const placeIn = (shape: readonly number[], at: readonly number[]) =>
  shape.reduce((place, n, axis) => place * n + at[axis], 0);
