import type {Task} from '../data/columns';
import {judge, type Problem} from './problem';
import {bareModel, isBetter, type Run, setWeights} from './train_network';

/** What a network reached on the test rows, from each seed. */
export interface Result {
  runs: readonly Run[];
  /** For each test row: its error, the mean over the seeds. */
  rowErrors: Float64Array;
  /** The mean error of each seed. */
  errors: number[];
  /** Accuracy from 0 to 1, or the root mean square error in units of the target, of each seed. */
  scores: number[];
  mean: number;
  /** Standard deviation over the seeds; null for one seed. */
  deviation: number | null;
  /** The run that is best on the validation rows. */
  best: Run;
}

/** Tests the networks of all seeds. */
export function resultOf(runs: readonly Run[], problem: Problem): Result {
  const {test} = problem.split;
  const judgements = runs.map((run) => judgeRun(run, problem, test));
  const errors = judgements.map(({error}) => error);
  const scores = errors.map((error) => scoreOf(error, problem.table.target.task));
  return {
    runs,
    rowErrors: Float64Array.from(test, (_, i) => meanOf(judgements.map((judgement) => judgement.errors[i]))),
    errors,
    scores,
    mean: meanOf(scores),
    deviation: scores.length > 1 ? Math.sqrt(varianceOf(scores)) : null,
    best: runs.reduce((a, b) => (isBetter(b.validation, a.validation) ? b : a)),
  };
}

function judgeRun(run: Run, problem: Problem, rows: Int32Array) {
  const model = bareModel(run.network, problem, run.seed);
  setWeights(model, run.weights);
  const judgement = judge(model, problem, rows);
  model.dispose();
  return judgement;
}

/** What readers call the mean of the errors of rows. */
export const scoreOf = (error: number, task: Task): number =>
  task === 'classification' ? 1 - error : Math.sqrt(error);

/**
 * Which of two results is better: -1 for the first, 1 for the second, 0 where the difference of the errors is below twice its
 * standard error. That counts both sources of chance: which rows test, and which seeds were drawn.
 */
export function compareResults(a: Result, b: Result): -1 | 0 | 1 {
  const differences = [...a.rowErrors].map((error, i) => error - b.rowErrors[i]);
  const mean = meanOf(differences);
  const variance = [differences, a.errors, b.errors].reduce((sum, values) => sum + ofMean(values), 0);
  if (Math.abs(mean) <= 2 * Math.sqrt(variance)) return 0;
  return mean < 0 ? -1 : 1;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Variance of the mean; of a single value it is not known, and taken for 0. */
const ofMean = (values: readonly number[]) => (values.length > 1 ? varianceOf(values) / values.length : 0);
