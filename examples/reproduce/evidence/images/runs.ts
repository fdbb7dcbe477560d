/** Which trainings there are, in what order, and what is chosen by them. */

import {BUDGETS, FAMILIES, type Family, type FamilyName} from './networks';
import type {Trained, Training} from './train';

export interface ImageRun extends Training, Partial<Trained> {
  family: FamilyName;
  budget: number;
  network: string;
  parameters: number;
  /** Training images. */
  images: number;
  /** Why there is no result. */
  failed?: string;
}

/** How long a training is. */
export type Length = Pick<ImageRun, 'images' | 'epochs'>;

export interface ImageOptions extends Length {
  families: readonly FamilyName[];
  seeds: readonly number[];
  budgets: readonly number[];
  /** Budgets at which rates are tried; the others take that of the nearest one. */
  rateBudgets: readonly number[];
  /** Rates of a family that are tried at most. */
  mostRates: number;
  /** Trainings of this length have chosen the rates, and none are tried. */
  ratesOf?: Length;
}

export type Wanted = Omit<ImageRun, keyof Trained | 'failed'>;

export const keyOf = ({family, budget, images, epochs, learningRate, seed}: Wanted): string =>
  `${family}-${budget}-images${images}-epochs${epochs}-rate${learningRate}-seed${seed}`;

const distance = (a: number, b: number) => Math.abs(Math.log2(a / b));

/** Trainings of a family at a budget with seed 1, which choose its rate. */
function triesOf(family: FamilyName, at: number, {images, epochs}: Length, runs: readonly ImageRun[]): ImageRun[] {
  return runs.filter(
    (run) =>
      run.family === family && run.budget === at && run.seed === 1 && run.images === images && run.epochs === epochs,
  );
}

/** The rate that did best on the validation images, or undefined where none was tried. */
function bestRate(tries: readonly ImageRun[]): number | undefined {
  const done = tries.filter(({validation}) => validation !== undefined);
  if (done.length === 0) return undefined;
  return done.reduce((a, b) => (b.validation! > a.validation! ? b : a)).learningRate;
}

/** The next rate to try, or null: those of the family, then twice and half of the best, until neither is better. */
function nextRate(family: FamilyName, tries: readonly ImageRun[], most: number): number | null {
  const isTried = (rate: number) => tries.some(({learningRate}) => Math.abs(learningRate / rate - 1) < 1e-9);
  const best = bestRate(tries);
  const around = best === undefined || tries.length >= most ? [] : [2 * best, best / 2];
  return [...FAMILIES[family].rates, ...around].find((rate) => !isTried(rate)) ?? null;
}

/**
 * The rate of the nearest budget at which rates were tried. Seeds after the first take another one if that did better at this budget: the page
 * shows the best.
 */
function chosenRate(
  family: FamilyName,
  budget: number,
  seed: number,
  options: ImageOptions,
  runs: readonly ImageRun[],
): number {
  const at = nearest(budget, family, options.rateBudgets);
  const own = seed === 1 ? undefined : bestRate(triesOf(family, budget, options, runs));
  return own ?? bestRate(triesOf(family, at, options.ratesOf ?? options, runs)) ?? FAMILIES[family].rates[0];
}

/** The next training that is not among the finished ones, or null. Cheap budgets first, one seed for all first. */
export function nextRun(options: ImageOptions, runs: readonly ImageRun[]): Wanted | null {
  const done = new Set(runs.map(keyOf));
  const of = (family: FamilyName, budget: number, learningRate: number, seed: number): Wanted | null => {
    const network = (FAMILIES[family] as Family).network(budget);
    if (!network) return null;
    const {images, epochs} = options;
    const {name, parameters} = network;
    const wanted = {family, budget, network: name, parameters, images, epochs, learningRate, seed};
    return done.has(keyOf(wanted)) ? null : wanted;
  };
  for (const budget of options.ratesOf ? [] : options.rateBudgets) {
    for (const family of options.families) {
      const rate = nextRate(family, triesOf(family, budget, options, runs), options.mostRates);
      const run = rate === null ? null : of(family, budget, rate, 1);
      if (run) return run;
    }
  }
  for (const seed of options.seeds) {
    for (const budget of options.budgets) {
      for (const family of options.families) {
        const run = of(family, budget, chosenRate(family, budget, seed, options, runs), seed);
        if (run) return run;
      }
    }
  }
  return null;
}

/** The nearest budget at which rates of the family were tried, the smaller of two. */
function nearest(budget: number, family: FamilyName, rateBudgets: readonly number[]): number {
  const possible = rateBudgets.filter((at) => (FAMILIES[family] as Family).network(at) !== null);
  return possible.reduce((a, b) => (distance(b, budget) < distance(a, budget) ? b : a), possible[0] ?? BUDGETS[0]);
}
