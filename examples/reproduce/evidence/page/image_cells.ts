/** What the trainings on images came to: a cell for each family and budget. */

import {FAMILIES, type Family, type FamilyName} from '../images/networks';
import type {ImageRun} from '../images/runs';

export interface Cell {
  family: FamilyName;
  budget: number;
  network: string;
  parameters: number;
  learningRate: number;
  /** Rates of which this one was the best on the validation images. */
  rates: number[];
  /** The runs at that rate, by seed. */
  runs: FinishedRun[];
  mean: number;
  /** Standard deviation over seeds; null for one. */
  deviation: number | null;
}

type FinishedRun = ImageRun & Required<Pick<ImageRun, 'validation' | 'test' | 'files' | 'seconds'>>;

const TEST_IMAGES = 10_000;
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The cells of one length of training: the one that most families and budgets have, of those the longest. Without the budgets at
 * which a family is still to be trained.
 */
export function imageCells(all: readonly ImageRun[]): Cell[] {
  const finished = all.filter((run): run is FinishedRun => run.test !== undefined);
  const settings = [...new Set(finished.map(({images, epochs}) => `${images} ${epochs}`))];
  const cellsOf = (setting: string) => cells(finished.filter(({images, epochs}) => `${images} ${epochs}` === setting));
  const steps = (some: Cell[]) => some[0].runs[0].images * some[0].runs[0].epochs;
  return settings
    .map(cellsOf)
    .filter((some) => some.length > 0)
    .reduce((a, b) => (b.length > a.length || (b.length === a.length && steps(b) > steps(a)) ? b : a));
}

function cells(runs: FinishedRun[]): Cell[] {
  const order = Object.keys(FAMILIES);
  const keys = [...new Set(runs.map(({family, budget}) => `${budget} ${family}`))];
  const done = (budget: number) =>
    Object.values<Family>(FAMILIES).filter((family) => family.network(budget) !== null).length ===
    new Set(runs.filter((run) => run.budget === budget).map(({family}) => family)).size;
  return keys
    .filter((key) => done(Number(key.split(' ')[0])))
    .map((key) => cellOf(runs.filter(({family, budget}) => `${budget} ${family}` === key)))
    .sort((a, b) => a.budget - b.budget || order.indexOf(a.family) - order.indexOf(b.family));
}

function cellOf(runs: FinishedRun[]): Cell {
  const first = runs.filter(({seed}) => seed === 1);
  const best = first.reduce((a, b) => (b.validation > a.validation ? b : a));
  const {family, budget, network, parameters, learningRate} = best;
  const own = runs.filter((run) => run.learningRate === learningRate).sort((a, b) => a.seed - b.seed);
  const tests = own.map(({test}) => test);
  const average = mean(tests);
  const squares = tests.reduce((sum, test) => sum + (test - average) ** 2, 0);
  return {
    family,
    budget,
    network,
    parameters,
    learningRate,
    rates: first.map((run) => run.learningRate).sort((a, b) => a - b),
    runs: own,
    mean: average,
    deviation: tests.length > 1 ? Math.sqrt(squares / (tests.length - 1)) : null,
  };
}

/** Standard error of the difference of two cells: chance of the test images, or of the seeds where that is more. */
export function standardError(a: Cell, b: Cell): number {
  const variance = ({mean: p, deviation, runs}: Cell) =>
    Math.max((p * (1 - p)) / TEST_IMAGES, (deviation ?? 0) ** 2 / runs.length);
  return Math.sqrt(variance(a) + variance(b));
}

export const isLevel = (a: Cell, b: Cell): boolean => Math.abs(a.mean - b.mean) <= standardError(a, b);
