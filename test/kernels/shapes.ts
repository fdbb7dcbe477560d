/** The shapes of the table, by kind of kernel: with the axis, with the blocks that slopes see, with the depth of the waves; of weights, and of products of matrices. */

import type {Blocks} from './definitions';

export const LENGTHS = [1, 2, 4, 8, 32, 64, 128, 1024, 2048, 8192];
export const OTHER_AXES: [number[], number][] = [
  [[16], 0],
  [[8, 3], 0],
  [[2, 1, 3], 1],
  [[3, 64, 5], 1],
  [[128, 2, 3], 0],
  [[2, 3, 4, 8], 3],
  [[2, 2, 16, 5], 2],
  [[0, 8], 1],
  [[8, 0], 0],
];
export const IN_BLOCKS: [number[], number][] = [
  ...[1, 2, 4, 8, 16, 32, 64, 1024, 8192].map((n): [number[], number] => [[5, n], 1]),
  [[1, 2048], 1], // few rows of a length that many would be done in another way
  [[2, 4096], 1],
  ...OTHER_AXES,
];
export const BLOCKS: [number[], Blocks][] = [
  [[1], [1, 1, 1]],
  [[6], [6, 1, 1]],
  [
    [4, 5],
    [4, 5, 1],
  ],
  [
    [4, 5],
    [1, 4, 5],
  ],
  [
    [4, 5],
    [1, 20, 1],
  ],
  [
    [2, 3, 4],
    [2, 3, 4],
  ],
  [
    [2, 3, 2, 5],
    [6, 2, 5],
  ],
  [
    [128, 64],
    [128, 64, 1],
  ],
  [
    [0, 3],
    [0, 3, 1],
  ],
  [
    [3, 0],
    [0, 3, 0],
  ],
];
export const WAVES: [number[], number][] = [
  [[1], 1],
  [[3], 2],
  [[9, 1], 1],
  [[9, 2], 5],
  [[2, 3, 4], 3],
  [[2, 3, 2, 2], 2],
  [[300, 7], 4],
  // Columns past those that are done at a time, and more rows than one thread takes.
  [[3, 515], 6],
  [[70, 258], 3],
  [[0, 3], 2],
];
export const WEIGHTS: number[][] = [[7], [2, 3, 4, 5], [], [1], [3, 0], [1003], [65, 64]];
/** Shapes of logits: the last axis are classes. The last shape has so many values that wasm leaves them to tfjs. */
export const LOGITS: number[][] = [[6, 10], [1], [3], [5, 1], [2, 3, 4], [65, 33], [4, 23], [0, 4], [5, 1024]];
/** With the axis, and how many of its units are taken. */
export const SELECTIONS: [shape: number[], axis: number, count: number][] = [
  [[7], 0, 3],
  [[8], 0, 1],
  [[1], 0, 1],
  [[5, 16], 1, 7],
  [[5, 16], 1, 16],
  [[7, 3], 0, 6],
  [[3, 64, 5], 1, 10],
  [[2, 8, 3], 1, 3],
  [[2, 3, 2, 32], 3, 9],
  [[2, 2, 9, 5], 2, 4],
  [[300, 256], 1, 16],
  [[2, 8192], 1, 10],
  [[1, 16384], 1, 3],
  [[1, 16384], 1, 3000],
  [[0, 8], 1, 3],
  [[8, 0], 0, 3],
];
/** Rows, length of the sums, and columns. */
export const MATRICES = [
  [2, 3, 4],
  [1, 1, 1],
  [5, 64, 10],
  [64, 5, 10],
  [10, 64, 5],
  [0, 3, 2],
  [33, 17, 9],
  [40, 256, 100],
];
