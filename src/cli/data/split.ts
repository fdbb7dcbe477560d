import {randomPermutation} from '../../math/random';
import type {Table} from './read_table';

/** Rows of a table by what they are used for. */
export interface Split {
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
}

/** Shares of validation and test; the others train. */
export const SHARES = {validation: 0.2, test: 0.2};

/**
 * Splits the rows in the order of a seed; each class in the same shares, and a class of few rows at least one to train on.
 */
export function split({rows, y, target}: Table, seed: number): Split {
  const order = randomPermutation(rows, seed);
  const strata = target.task === 'classification' ? byClass(order, y, target.labels.length) : [[...order]];
  const parts = {train: [] as number[], validation: [] as number[], test: [] as number[]};
  // What rounding takes from one class, the next gives back: else rare classes would never be tested.
  let [owedTest, owedValidation] = [0, 0];
  for (const stratum of strata) {
    owedTest += SHARES.test * stratum.length;
    const test = Math.min(Math.round(owedTest), stratum.length - 1);
    owedTest -= test;
    owedValidation += SHARES.validation * stratum.length;
    const validation = Math.max(0, Math.min(Math.round(owedValidation), stratum.length - test - 1));
    owedValidation -= validation;
    for (let i = 0; i < stratum.length; i++) {
      parts[i < test ? 'test' : i < test + validation ? 'validation' : 'train'].push(stratum[i]);
    }
  }
  return {train: mixed(parts.train, seed), validation: mixed(parts.validation, seed), test: mixed(parts.test, seed)};
}

/** So that a part of them holds all classes, too. */
const mixed = (rows: number[], seed: number) => randomPermutation(rows.length, seed, 1).map((place) => rows[place]);

function byClass(order: Int32Array, y: Float32Array, classes: number): number[][] {
  const strata: number[][] = Array.from({length: classes}, () => []);
  for (const row of order) strata[y[row]].push(row);
  return strata;
}
