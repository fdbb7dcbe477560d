import * as definitions from '../kernels/definitions';
import {normal, uniform} from '../support/random';
import type {Input, OpName} from './ops.page';

export interface OpCase {
  title: string;
  op: OpName;
  inputs: Input[];
  axis?: number;
  /** The definition, in doubles, of the inputs' values. */
  expected(...inputs: Float64Array[]): Float64Array;
  /** Share of the largest value, if the default of expectClose is too strict. */
  relative?: number;
}

const input = (shape: number[], values: Float32Array): Input => ({shape, values: Array.from(values)});

function transform(rows: number, n: number): OpCase {
  const inputs = [input([rows, n], normal(rows * n, n))];
  return {
    title: `walshHadamard of [${rows}, ${n}]`,
    op: 'walshHadamard',
    inputs,
    expected: (x) => definitions.walshHadamard(x, [rows, n, 1], {scale: 1 / Math.sqrt(n)}),
  };
}

const UNITS = 5;
const CHANNELS = 3;
const DEPTH = 4;

/** Small enough for central differences; larger shapes and strange values are for the specs of the kernels. */
export const CASES: OpCase[] = [
  transform(3, 1),
  transform(2, 8),
  {
    title: 'walshHadamard along the first axis, with signs',
    op: 'walshHadamard',
    inputs: [input([16], normal(16, 1)), input([16], normal(16, 2))],
    axis: 0,
    expected: (x, signs) => definitions.walshHadamard(x, [1, 16, 1], {scale: 1 / 4, before: signs}),
  },
  {
    title: 'reluPair with slopes of its own for each unit',
    op: 'reluPair',
    inputs: [
      input([4, UNITS], normal(4 * UNITS, 3)),
      input([UNITS], normal(UNITS, 4)),
      input([UNITS], normal(UNITS, 5)),
    ],
    expected: (x, negative, positive) => definitions.reluPair(x, negative, positive, [4, UNITS, 1]),
  },
  {
    title: 'reluPair with one slope for all',
    op: 'reluPair',
    inputs: [input([2, 3, 4], normal(24, 6)), input([1], Float32Array.of(-0.5)), input([1], Float32Array.of(2))],
    expected: (x, negative, positive) => definitions.reluPair(x, negative, positive, [1, 1, 24]),
  },
  {
    title: 'whtReLUPair over the channels of images, with slopes that positions share',
    op: 'whtReLUPair',
    inputs: [input([1, 2, 3, 4], normal(24, 10)), input([1, 1, 4], normal(4, 11)), input([1, 1, 4], normal(4, 12))],
    expected: (x, negative, positive) =>
      definitions.reluPair(definitions.walshHadamard(x, [6, 4, 1], {scale: 1 / 2}), negative, positive, [6, 4, 1]),
  },
  {
    title: 'triangleWave of several channels',
    op: 'triangleWave',
    inputs: [
      input([6, CHANNELS], uniform(6 * CHANNELS, 7)),
      input([CHANNELS, DEPTH], uniform(CHANNELS * DEPTH, 8, 0.3, 0.7)),
      input([CHANNELS, DEPTH], normal(CHANNELS * DEPTH, 9)),
    ],
    expected: (x, peaks, scales) => definitions.triangleWave(x, peaks, scales, CHANNELS),
    relative: 1e-4, // each of the four tents multiplies an error by up to 1 / 0.3
  },
];
