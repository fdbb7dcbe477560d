import * as tf from '@tensorflow/tfjs';
import type {Columns} from '../data/columns';
import type {Table} from '../data/read_table';
import {type Split, split} from '../data/split';
import {type Moments, momentsOf, standardize, withMeans} from '../data/standardize';
import type {Ends} from './networks';

/** A table as networks see it: inputs of mean 0 and variance 1, classes or a target of mean 0 and variance 1. */
export interface Problem {
  /** Its inputs are standardized. */
  table: Table;
  split: Split;
  moments: Moments;
  /** How rows become inputs, with the means that stand for missing numbers. */
  columns: Columns;
  ends: Ends;
  /** Mean and deviation of the target in the training rows; 0 and 1 for classes. */
  scale: {mean: number; deviation: number};
}

/** Splits a table and standardizes it by its training rows, in place. */
export function problemOf(table: Table, seed: number): Problem {
  const parts = split(table, seed);
  const moments = momentsOf(table, parts.train);
  const columns = {columns: withMeans(table.columns, moments), target: table.target};
  standardize(table, moments);
  const outputs = table.target.task === 'classification' ? table.target.labels.length : 1;
  return {
    table,
    split: parts,
    moments,
    columns,
    ends: {inputs: table.inputs, outputs},
    scale: scaleOf(table, parts.train),
  };
}

function scaleOf({y, target}: Table, rows: Int32Array): Problem['scale'] {
  if (target.task === 'classification') return {mean: 0, deviation: 1};
  const mean = rows.reduce((sum, row) => sum + y[row], 0) / rows.length;
  const squares = rows.reduce((sum, row) => sum + (y[row] - mean) ** 2, 0);
  return {mean, deviation: Math.sqrt(squares / rows.length) || 1};
}

/** Some rows as tensors. */
export function batchOf({table, ends, scale}: Problem, rows: Int32Array): {x: tf.Tensor2D; y: tf.Tensor2D} {
  const {inputs, outputs} = ends;
  const x = new Float32Array(rows.length * inputs);
  const y = new Float32Array(rows.length * outputs);
  rows.forEach((row, i) => {
    x.set(table.x.subarray(row * inputs, (row + 1) * inputs), i * inputs);
    if (table.target.task === 'classification') y[i * outputs + table.y[row]] = 1;
    else y[i] = (table.y[row] - scale.mean) / scale.deviation;
  });
  return {x: tf.tensor2d(x, [rows.length, inputs]), y: tf.tensor2d(y, [rows.length, outputs])};
}

/** What training makes small: cross entropy of logits, or the mean square of the difference. */
export function lossOf({table}: Problem): (y: tf.Tensor, outputs: tf.Tensor) => tf.Scalar {
  return table.target.task === 'classification'
    ? (y, logits) => tf.losses.softmaxCrossEntropy(y, logits)
    : (y, outputs) => tf.losses.meanSquaredError(y, outputs);
}

export interface Judgement {
  /** For each row: 1 where the class is wrong, else 0; the square of the difference, in units of the target. */
  errors: Float32Array;
  /** Mean of the errors. */
  error: number;
  /** Mean of what training makes small. */
  loss: number;
}

const ROWS_AT_ONCE = 4096;

/** How wrong a network is on some rows. */
export function judge(model: tf.LayersModel, problem: Problem, rows: Int32Array): Judgement {
  const errors = new Float32Array(rows.length);
  const loss = lossOf(problem);
  let total = 0;
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const part = rows.subarray(start, start + ROWS_AT_ONCE);
    tf.tidy(() => {
      const {x, y} = batchOf(problem, part);
      const outputs = model.predict(x, {batchSize: ROWS_AT_ONCE}) as tf.Tensor2D;
      errors.set(rowErrors(y, outputs, problem).dataSync(), start);
      total += loss(y, outputs).dataSync()[0] * part.length;
    });
  }
  return {errors, error: errors.reduce((sum, error) => sum + error, 0) / rows.length, loss: total / rows.length};
}

function rowErrors(y: tf.Tensor2D, outputs: tf.Tensor2D, {table, scale}: Problem): tf.Tensor {
  if (table.target.task === 'classification') return tf.notEqual(outputs.argMax(1), y.argMax(1)).toFloat();
  return tf.squaredDifference(outputs, y).mul(scale.deviation ** 2);
}

/** The mean error on the test rows of who always answers the most frequent class, or the mean, of the training rows. */
export function baselineOf({table, split, scale, ends}: Problem): number {
  const {y, target} = table;
  const {train, test} = split;
  if (target.task === 'regression') return meanOver(test, (row) => (y[row] - scale.mean) ** 2);
  const counts = new Array<number>(ends.outputs).fill(0);
  for (const row of train) counts[y[row]]++;
  const most = counts.indexOf(Math.max(...counts));
  return meanOver(test, (row) => Number(y[row] !== most));
}

const meanOver = (rows: Int32Array, error: (row: number) => number) =>
  rows.reduce((sum, row) => sum + error(row), 0) / rows.length;
