/** The paper's tables: every method on every target, from many seeds. */

import * as tf from '@tensorflow/tfjs';
import {rai, started, torchDefault} from './baselines';
import {disposePopulation, errorsOf, type Population, predict, train} from './population';
import {breakpointsOf} from './regions';
import type {Target} from './targets';
import {disposeWaves, freed, piecesOf, startWaves, trainWaves, waveErrors} from './waves';

export const METHODS = [
  'default',
  'default, both stages',
  'RAI',
  'no pretraining',
  'regions stage only',
  'tied',
] as const;
export type Method = (typeof METHODS)[number];

export interface Cell {
  target: string;
  method: Method;
  /** Mean squared error on the test points, by seed. */
  errors: number[];
  /** Linear pieces on [0, 1], by seed: at the start and at the end. */
  piecesAtStart: number[];
  pieces: number[];
}

/** The function of the best seed of a target. */
export interface Fit {
  target: string;
  /** At 0, its breakpoints and 1. */
  x: number[];
  y: number[];
  /** The target, as points. */
  curve: [x: number, y: number][];
  error: number;
  breakpoints: number[];
}

export interface TableOptions {
  targets: Target[];
  networks: number;
  depth: number;
  /** Steps of each stage. */
  steps: number;
  seed: number;
  trainPoints: number;
  onStep?: () => void;
}

export const TEST_POINTS = 500;
const LEARNING_RATE = 1e-3;
const WIDTH = 4;

/** Steps that a table takes, for progress. */
export const stepsOf = ({steps, targets}: TableOptions): number =>
  steps * (4 + 1 + new Set(targets.map(({layer}) => layer)).size);

export async function table(options: TableOptions): Promise<{cells: Cell[]; fits: Fit[]}> {
  const {targets, networks, depth, seed, trainPoints, onStep} = options;
  const [x, y] = data(targets, networks, trainPoints);
  const [testX, testY] = data(targets, networks, TEST_POINTS);
  const cells: Cell[] = [];
  const record = (method: Method, errors: number[], start: number[], end: number[]) =>
    targets.forEach(({name}, t) => {
      const own = (all: number[]) => all.slice(t * networks, (t + 1) * networks);
      cells.push({target: name, method, errors: own(errors), piecesAtStart: own(start), pieces: own(end)});
    });
  const step = {steps: options.steps, learningRate: LEARNING_RATE, onStep};
  const counts = async (population: Population) => (await breakpointsOf(population)).map(({length}) => length + 1);

  const sizes = {networks: targets.length * networks, width: WIDTH, depth, outputReLU: true};
  for (const [method, draw] of [
    ['default', torchDefault],
    ['RAI', rai],
  ] as const) {
    const population = started(draw, {...sizes, seed});
    const start = await counts(population);
    await train(population, x, y, step);
    record(method, errorsOf(population, testX, testY), start, await counts(population));
    if (method === 'default') {
      await train(population, x, y, step);
      record('default, both stages', errorsOf(population, testX, testY), start, await counts(population));
    }
    disposePopulation(population);
  }

  const waves = startWaves({targets, networks, depth, seed});
  const start = await piecesOf(waves);
  const untrained = freed(waves);
  await train(untrained, x, y, step);
  record('no pretraining', errorsOf(untrained, testX, testY), start, await counts(untrained));
  disposePopulation(untrained);

  await trainWaves(waves, x, y, step);
  record('regions stage only', waveErrors(waves, testX, testY), start, await piecesOf(waves));
  const free = freed(waves);
  disposeWaves(waves);
  await train(free, x, y, step);
  const errors = errorsOf(free, testX, testY);
  const kinks = await breakpointsOf(free);
  record(
    'tied',
    errors,
    start,
    kinks.map(({length}) => length + 1),
  );
  const fits = targets.map(({name, f}, t) => {
    const own = errors.slice(t * networks, (t + 1) * networks);
    const best = t * networks + own.indexOf(Math.min(...own));
    const ends = [0, ...kinks[best], 1];
    const curve = Array.from({length: 101}, (_, i): [number, number] => [i / 100, f(i / 100)]);
    const values = tf.tidy(() => predict(free, tf.tensor1d(ends)).arraySync()[best]);
    return {target: name, x: ends, y: values, curve, error: errors[best], breakpoints: kinks[best]};
  });
  disposePopulation(free);
  tf.dispose([x, y, testX, testY]);
  return {cells, fits};
}

/** Points [points] on [0, 1] and the targets there [targets * networks, points]. */
export function data(targets: Target[], networks: number, points: number): [tf.Tensor1D, tf.Tensor2D] {
  const x = Float32Array.from({length: points}, (_, i) => i / (points - 1));
  const rows = targets.flatMap(({f}) => new Array<number[]>(networks).fill(Array.from(x, f)));
  return [tf.tensor1d(x), tf.tensor2d(rows)];
}
