import {createHash} from 'node:crypto';
import {availableParallelism, cpus, totalmem} from 'node:os';
import * as tf from '@tensorflow/tfjs';
import {version} from 'tfjs-piecewise/package.json';
import '../index';
import {fail} from '../errors';
import {quoted} from './data/cell';
import {readTable} from './data/read_table';
import {coarseColumns, columnsBeyondFloat32, isVariance} from './data/standardize';
import {sourceOf} from './data/text_file';
import {type BackendName, installedBackends, startBackend} from './start_backend';
import {labelsWithout} from './training/class_scores';
import type {Network} from './training/networks';
import {type Problem, problemOf} from './training/problem';
import {type Recipe, recipeOf} from './training/recipe';
import {stepTime} from './training/train_network';
import type {CompareOptions, TrainOptions} from './training_options';

/** A table that is read, and what trains on it. */
export interface Session {
  problem: Problem;
  recipe: Recipe;
  /** Lines about what was left out. */
  notes: string[];
}

const MIN_TEST_ROWS = 5;

/**
 * Reads the table and splits it.
 *
 * @throws If it cannot be read, or has too few rows of its classes.
 */
export async function startSession(
  {data, read, seed, epochs}: CompareOptions | TrainOptions,
  who: string,
): Promise<Session> {
  tf.enableProdMode(); // no advice of tfjs to install what is looked for anyway
  const table = await readTable(data, read, who);
  const problem = problemOf(table, seed);
  const {validation, test} = problem.split;
  if (Math.min(validation.length, test.length) < MIN_TEST_ROWS) {
    const expected = `${MIN_TEST_ROWS} rows must be left to validate and to test, after one of each class to train on`;
    fail(who, expected, Math.min(validation.length, test.length), 'Join rare classes, or add rows.');
  }
  requireScale(problem, who);
  const untested = labelsWithout(table, test);
  const coarse = coarseColumns(table, problem.moments).map(
    (name) =>
      `Column '${name}' is so far from 0 that float32 rounds its differences away: subtract a constant from it.`,
  );
  return {
    problem,
    recipe: recipeOf(problem.split.train.length, epochs),
    notes: [...table.notes, ...coarse, ...untestedText(untested)],
  };
}

/** @throws If float32 cannot hold the variance of a column: its numbers would become infinite or 0. */
function requireScale({table, moments, scale}: Problem, who: string): void {
  const names = columnsBeyondFloat32(table, moments);
  if (!isVariance(scale.deviation ** 2)) names.push(table.target.name);
  if (names.length === 0) return;
  const received = `${names.length === 1 ? 'column' : 'columns'} ${names.map(quoted).join(', ')} beyond that`;
  const expected = 'the standard deviation of each column must be from 1.1e-19 to 1.8e19, as float32 needs it';
  const fix =
    'Look for numbers there that cannot be right, write the column in other units, or leave it out with --drop.';
  fail(who, expected, received, fix);
}

function untestedText(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  const shown = labels.slice(0, 12).map(quoted).join(', ') + (labels.length > 12 ? ', ...' : '');
  const which = labels.length === 1 ? `Class ${shown} has` : `Classes ${shown} have`;
  return [`${which} no test rows: the result says nothing about how well such rows are found.`];
}

export interface BackendChoice {
  name: BackendName;
  /** Milliseconds of a training step on each backend that is installed; only where there was a choice. */
  msPerStep: {[name in BackendName]?: number};
}

/** Starts the wanted backend, or the one on which a step of these networks is the fastest. */
export async function chooseBackend(
  wanted: BackendName | undefined,
  networks: readonly Network[],
  {problem, recipe}: Session,
  who: string,
): Promise<BackendChoice> {
  const names = wanted ? [wanted] : await installedBackends();
  const msPerStep: BackendChoice['msPerStep'] = {};
  if (names.length > 1) {
    for (const name of names) {
      await startBackend(name, who);
      let sum = 0;
      for (const network of networks) sum += await stepTime(network, problem, recipe);
      msPerStep[name] = sum / networks.length;
    }
    names.sort((a, b) => msPerStep[a]! - msPerStep[b]!);
  }
  await startBackend(names[0], who);
  return {name: names[0], msPerStep};
}

/** The backend that an interrupted command had chosen: numbers of another one would differ in their last digits. */
export async function startedAgain(choice: BackendChoice, who: string): Promise<BackendChoice> {
  await startBackend(choice.name, who);
  return choice;
}

/** What a reader needs to do it again: the table, how it was split and trained, with what, and on what machine. */
export async function circumstances(
  command: string,
  {data, seed, seeds}: CompareOptions | TrainOptions,
  {problem, recipe, notes}: Session,
  backend: BackendChoice,
) {
  const {split, table, columns} = problem;
  return {
    command,
    date: new Date().toISOString(),
    data: {path: data, sha256: await sha256(data), rows: table.rows, inputs: table.inputs, notes},
    split: {seed, train: split.train.length, validation: split.validation.length, test: split.test.length},
    seeds: Array.from({length: seeds}, (_, i) => i + 1),
    recipe: {optimizer: 'adamW', schedule: 'oneCycle', ...recipe},
    versions: {'tfjs-piecewise': version, tfjs: tf.version.tfjs, node: process.versions.node},
    backend,
    hardware: {
      processor: cpus()[0]?.model ?? process.arch,
      threads: availableParallelism(),
      memoryGB: Math.round(totalmem() / 1e9),
      platform: process.platform,
    },
    table: columns,
  };
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of (await sourceOf(path))()) hash.update(part);
  return hash.digest('hex');
}
