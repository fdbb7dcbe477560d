/** The paper's tables: every method on every target, from many seeds. */

import * as tf from '@tensorflow/tfjs';
import {STARTS, started} from './baselines';
import {disposePopulation, errorsOf, type Population, predict, train} from './population';
import {breakpointsOf} from './regions';
import type {Target} from './targets';
import {disposeWaves, freed, piecesOf, startWaves, trainWaves, waveErrors} from './waves';

export const METHODS = [
  'default',
  'default, both stages',
  'RAI',
  'no pretraining',
  'pretrain, s free',
  'tied, blind start',
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
  /** The methods that the bands compare, or the others. Default: all. */
  only?: 'compared' | 'others';
  onStep?: () => void;
}

export const TEST_POINTS = 500;
const LEARNING_RATE = 1e-3;
const WIDTH = 4;

/** Adam's steps by method; the stage of the waves trains one target after the other. */
function stepsBy({steps, targets}: TableOptions): {[method in Method]: number} {
  const regions = steps * targets.length;
  return {
    default: steps,
    'default, both stages': 2 * steps,
    RAI: steps,
    'no pretraining': steps,
    'pretrain, s free': regions + steps,
    'tied, blind start': regions + steps,
    'regions stage only': regions,
    tied: steps,
  };
}

/** Those that the bands compare. */
const COMPARED: readonly Method[] = ['default', 'regions stage only', 'tied'];

const methodsOf = ({only}: TableOptions): readonly Method[] =>
  METHODS.filter((method) => only === undefined || COMPARED.includes(method) === (only === 'compared'));

/** Steps that a table takes, for progress. */
export const stepsOf = (options: TableOptions): number =>
  methodsOf(options).reduce((sum, method) => sum + stepsBy(options)[method], 0);

export async function table(options: TableOptions): Promise<{cells: Cell[]; fits: Fit[]}> {
  const {targets, networks, depth, seed, trainPoints, onStep} = options;
  const [x, y, grid] = data(targets, networks, trainPoints);
  const [testX, testY] = data(targets, networks, TEST_POINTS);
  const methods = methodsOf(options);
  const cells: Cell[] = [];
  const fits: Fit[] = [];
  const record = (method: Method, errors: number[], start: number[], end: number[]) =>
    targets.forEach(({name}, t) => {
      const own = (all: number[]) => all.slice(t * networks, (t + 1) * networks);
      cells.push({target: name, method, errors: own(errors), piecesAtStart: own(start), pieces: own(end)});
    });
  const step = {learningRate: LEARNING_RATE, onStep};
  const counts = async (population: Population) => (await breakpointsOf(population)).map(({length}) => length + 1);
  /** Trains all weights, and disposes them. */
  const release = async (population: Population, method: Method, start: number[], steps = options.steps) => {
    await train(population, x, y, {...step, steps});
    const errors = errorsOf(population, testX, testY);
    const kinks = await breakpointsOf(population);
    record(
      method,
      errors,
      start,
      kinks.map(({length}) => length + 1),
    );
    if (method === 'tied') fits.push(...fitsOf(population, {targets, networks}, errors, kinks));
    disposePopulation(population);
  };

  const sizes = {networks: targets.length * networks, width: WIDTH, depth, outputReLU: true, seed};
  for (const method of ['default', 'default, both stages', 'RAI'] as const) {
    if (!methods.includes(method)) continue;
    const population = started(STARTS[method === 'RAI' ? 'RAI' : 'default'], sizes);
    await release(population, method, await counts(population), stepsBy(options)[method]);
  }
  if (methods.includes('no pretraining')) {
    const waves = startWaves({targets, networks, depth, seed, x: grid});
    await release(freed(waves), 'no pretraining', await piecesOf(waves));
    disposeWaves(waves);
  }
  for (const [method, scaling] of [
    ['pretrain, s free', 'free'],
    ['tied, blind start', 'tied'],
    ['tied', 'tied'],
  ] as const) {
    if (!methods.includes(method)) continue;
    const blind = method === 'tied, blind start';
    const waves = startWaves({targets, networks, depth, seed, scaling, blind, x: grid});
    const start = await piecesOf(waves);
    await trainWaves(waves, x, y, {...step, steps: options.steps});
    if (method === 'tied') record('regions stage only', waveErrors(waves, testX, testY), start, await piecesOf(waves));
    const free = freed(waves);
    disposeWaves(waves);
    await release(free, method, start);
  }
  tf.dispose([x, y, testX, testY]);
  return {cells, fits};
}

/** The best seed of each target. */
function fitsOf(
  population: Population,
  {targets, networks}: Pick<TableOptions, 'targets' | 'networks'>,
  errors: number[],
  kinks: number[][],
): Fit[] {
  return targets.map(({name, f}, t) => {
    const own = errors.slice(t * networks, (t + 1) * networks);
    const best = t * networks + own.indexOf(Math.min(...own));
    const ends = [0, ...kinks[best], 1];
    const curve = Array.from({length: 101}, (_, i): [number, number] => [i / 100, f(i / 100)]);
    const values = tf.tidy(() => predict(population, tf.tensor1d(ends)).arraySync()[best]);
    return {target: name, x: ends, y: values, curve, error: errors[best], breakpoints: kinks[best]};
  });
}

/** Points [points] on [0, 1], the targets there [targets * networks, points], and the points as numbers. */
export function data(targets: Target[], networks: number, points: number): [tf.Tensor1D, tf.Tensor2D, number[]] {
  const x = Float32Array.from({length: points}, (_, i) => i / (points - 1));
  const rows = targets.flatMap(({f}) => new Array<number[]>(networks).fill(Array.from(x, f)));
  return [tf.tensor1d(x), tf.tensor2d(rows), Array.from(x)];
}
