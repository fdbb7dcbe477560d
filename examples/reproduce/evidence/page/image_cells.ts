/** What the trainings on images came to: a cell for each family and budget. */

import {COMPARED, FAMILIES, type Family, type FamilyName} from '../images/networks';
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

/** Cells whose trainings had one length. */
export interface Setting {
  images: number;
  epochs: number;
  cells: Cell[];
}

/**
 * What stands in the large table: of the lengths of training the one that most families and budgets have, of those the longest. Without the
 * budgets at which a family is still to be trained.
 */
export function imageCells(all: readonly ImageRun[]): Cell[] {
  const whole = settings(all.filter(({family}) => COMPARED.includes(family))).map((setting) => {
    const budgets = [...new Set(setting.cells.map(({budget}) => budget))];
    const families = (budget: number) => setting.cells.filter((cell) => cell.budget === budget).length;
    const done = budgets.filter(
      (budget) => families(budget) === COMPARED.filter((name) => (FAMILIES[name] as Family).network(budget)).length,
    );
    return {...setting, cells: setting.cells.filter(({budget}) => done.includes(budget))};
  });
  return whole.reduce((a, b) =>
    b.cells.length > a.cells.length || (b.cells.length === a.cells.length && steps(b) > steps(a)) ? b : a,
  ).cells;
}

/** The longest trainings, if they are longer than those of the large table: some families at some budgets. */
export function longestCells(all: readonly ImageRun[]): Setting | null {
  const [{images, epochs}] = imageCells(all)[0].runs;
  const longest = settings(all).reduce((a, b) => (steps(b) > steps(a) ? b : a));
  return steps(longest) > images * epochs ? longest : null;
}

/** Budgets at which variants were tried, by trainings as long as those of the large table: these families and all others. */
export function triedCells(all: readonly ImageRun[]): Cell[] {
  const [{images, epochs}] = imageCells(all)[0].runs;
  const {cells} = settings(all).find((setting) => setting.images === images && setting.epochs === epochs)!;
  const tried = cells.filter(({family}) => !COMPARED.includes(family)).map(({budget}) => budget);
  return cells.filter(({budget}) => tried.includes(budget));
}

const steps = ({images, epochs}: Setting) => images * epochs;

function settings(all: readonly ImageRun[]): Setting[] {
  const finished = all.filter((run): run is FinishedRun => run.test !== undefined);
  const lengths = [...new Set(finished.map(({images, epochs}) => `${images} ${epochs}`))];
  return lengths.map((length) => {
    const own = finished.filter(({images, epochs}) => `${images} ${epochs}` === length);
    return {images: own[0].images, epochs: own[0].epochs, cells: cells(own)};
  });
}

const ORDER = Object.keys(FAMILIES);

function cells(runs: FinishedRun[]): Cell[] {
  const keys = [...new Set(runs.map(({family, budget}) => `${budget} ${family}`))];
  return keys
    .map((key) => runs.filter(({family, budget}) => `${budget} ${family}` === key))
    .filter((own) => own.some(({seed}) => seed === 1)) // which chooses the rate
    .map(cellOf)
    .sort((a, b) => a.budget - b.budget || ORDER.indexOf(a.family) - ORDER.indexOf(b.family));
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

const errorsApart = (a: Cell, b: Cell): number => Math.abs(a.mean - b.mean) / standardError(a, b);

export const isLevel = (a: Cell, b: Cell): boolean => errorsApart(a, b) <= 1;
/** Beyond what chance does in one of twenty comparisons. */
export const isClear = (a: Cell, b: Cell): boolean => errorsApart(a, b) > 2;
