import type {Network} from '../../../src/cli/training/networks';
import {compareResults, type Result} from '../../../src/cli/training/result';
import type {Run} from '../../../src/cli/training/train_network';

const run = {network: {} as Network} as Run;
const result = (rowErrors: number[], errors: number[]): Result => ({
  runs: [run],
  rowErrors: Float64Array.from(rowErrors),
  errors,
  scores: errors,
  mean: 0,
  deviation: null,
  best: run,
});

it('marks the better one only beyond twice the standard error of rows and seeds', () => {
  // 100 rows, 10 of them better: the mean difference is 0.1, its standard error 0.03.
  const worse = Array.from({length: 100}, (_, i) => Number(i < 10));
  const none = new Array(100).fill(0);
  expect(compareResults(result(none, [0, 0]), result(worse, [0.1, 0.1]))).toBe(-1);
  expect(compareResults(result(worse, [0.1, 0.1]), result(none, [0, 0]))).toBe(1);
  // Two seeds that differ by 0.14 have a standard error of 0.07.
  expect(compareResults(result(none, [0, 0]), result(worse, [0.03, 0.17]))).toBe(0);
  // Three rows of 100 have one of 0.017.
  const few = Array.from({length: 100}, (_, i) => Number(i < 3));
  expect(compareResults(result(none, [0]), result(few, [0.03]))).toBe(0);
  expect(compareResults(result(none, [0]), result(none, [0]))).toBe(0);
});
