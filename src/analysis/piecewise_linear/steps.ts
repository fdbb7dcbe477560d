/** What a piecewise-linear network is made of: three kinds of steps, each from one vector of doubles to another. */

import type {PiecewiseFunction} from './piecewise_function';

export type Step = Affine | Elementwise | Max;

/**
 * y = A x + bias. A is never written out: methods apply it to rows of x, one vector a row. They are called on the map, which some
 * of them read.
 */
export interface Affine {
  readonly kind: 'affine';
  readonly inputs: number;
  readonly outputs: number;
  /** A x. */
  linear(x: Float64Array, rows: number): Float64Array;
  /** |A| x, or a bound of it: it tells a number that is small from one that is a rounding error of large terms. */
  absolute(x: Float64Array, rows: number): Float64Array;
  /** A^T y, of rows of y. */
  transposed(y: Float64Array, rows: number): Float64Array;
  /** For a map that costs little where x is mostly 0: one number of A x, and of |A| |sizes|. */
  at?(output: number, x: Float64Array, sizes: Float64Array): [value: number, size: number];
  /** A x, or |A| x, for an x that is 0 except in few places; what it gives serves until the next call. */
  few?(x: Few, of?: 'linear' | 'absolute'): Reached;
  /** Outputs, with others that come with them, as a map of the only inputs that they depend on; all if it is missing. */
  crop?(outputs: readonly number[]): Cropped;
  /** Output i is made of input i alone, or of inputs i, i + outputs, ...: the map for some units. */
  pointwise?(units: Int32Array): Affine;
  /** A is this diagonal. */
  readonly scale?: Float64Array;
  /** What tells a cropped map from others of its kind and sizes: those of which all this is the same are the same. */
  readonly madeOf?: readonly ArrayLike<number>[];
  readonly bias: Float64Array | null;
  /** Multiplications with an addition, or either alone, for one sample. */
  readonly multiplyAdds: number;
  /** Mean squares of the weights and biases of a matrix, for what a random one would do. */
  readonly meanSquares?: {weight: number; bias: number};
}

/** The numbers of a row that are not 0, in order of their places. */
export interface Few {
  readonly places: Int32Array;
  readonly values: Float64Array;
  count: number;
}

/** Some of the numbers of a row, in blocks of one size; all others are 0. */
export interface Reached {
  readonly sums: Float64Array;
  readonly starts: Int32Array;
  readonly block: number;
  readonly count: number;
}

/** A part of a map, and which of its inputs and outputs it has, in order. */
export interface Cropped {
  readonly step: Affine;
  readonly inputs: Int32Array;
  readonly outputs: Int32Array;
}

/** y_i = f_i(x_i). */
export interface Elementwise {
  readonly kind: 'elementwise';
  /** One function for each unit; units may share one. */
  readonly functions: readonly PiecewiseFunction[];
  /** The units of a step of time, where the others are but carried along; all if it is missing. */
  readonly own?: readonly number[];
  readonly multiplyAdds: number;
}

/** y_i = the largest x_j with j in window i. */
export interface Max {
  readonly kind: 'max';
  readonly inputs: number;
  readonly windows: readonly Int32Array[];
  readonly multiplyAdds: number;
}

export function outputsOf(step: Step): number {
  if (step.kind === 'affine') return step.outputs;
  return step.kind === 'elementwise' ? step.functions.length : step.windows.length;
}
