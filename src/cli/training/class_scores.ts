import type {Problem} from './problem';
import type {Result} from './result';

/** How well one class is found. */
export interface ClassScore {
  label: string;
  /** Its test rows. */
  rows: number;
  /** The share of them that is found, the mean over the seeds; null without any. */
  recall: number | null;
}

/** The scores of all classes; null for a regression. */
export function classScores({rowErrors}: Pick<Result, 'rowErrors'>, {table, split}: Problem): ClassScore[] | null {
  const {target, y} = table;
  if (target.task === 'regression') return null;
  return target.labels.map((label, code) => {
    const errors = rowErrors.filter((_, i) => y[split.test[i]] === code);
    const wrong = errors.reduce((sum, error) => sum + error, 0);
    return {label, rows: errors.length, recall: errors.length > 0 ? 1 - wrong / errors.length : null};
  });
}

/** The mean of the recalls: who always answers one class of n has 1 / n, however frequent it is. */
export function balancedAccuracy(scores: readonly ClassScore[]): number {
  const recalls = scores.flatMap(({recall}) => recall ?? []);
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}

/** The scores of all classes for the report; nothing for a regression. */
export function classesJson(result: Pick<Result, 'rowErrors'>, problem: Problem) {
  const classes = classScores(result, problem);
  return classes ? {balancedAccuracy: balancedAccuracy(classes), classes} : {};
}

/** From this share of its most frequent class on a table is uneven: accuracy alone then hides the others. */
const UNEVEN = 0.6;

export function isUneven(scores: readonly ClassScore[]): boolean {
  const rows = scores.map((score) => score.rows);
  return Math.max(...rows) > UNEVEN * rows.reduce((sum, count) => sum + count, 0);
}

/** The labels of which no row is in a part of the split. */
export function labelsWithout({y, target}: Problem['table'], rows: Int32Array): string[] {
  if (target.task === 'regression') return [];
  const there = new Set([...rows].map((row) => y[row]));
  return target.labels.filter((_, code) => !there.has(code));
}
