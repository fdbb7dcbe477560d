import type {Cost} from './measure_models';
import type {Family} from './networks';
import {compareResults, type Result} from './result';

/** A network that was trained, tested and measured. */
export interface Contestant {
  /** Parameters that were asked for. */
  size: number;
  family: Family;
  result: Result;
  cost: Cost;
}

/** The networks of one size. */
export interface Duel {
  size: number;
  contestants: readonly Contestant[];
  /** null where they are level. */
  winner: Family | null;
}

/** Contestants by their size, with the better one of each. */
export function duelsOf(contestants: readonly Contestant[]): Duel[] {
  return [...new Set(contestants.map(({size}) => size))].map((size) => {
    const both = contestants.filter((contestant) => contestant.size === size);
    const sign = compareResults(both[0].result, both[1].result);
    return {size, contestants: both, winner: sign === 0 ? null : both[sign < 0 ? 0 : 1].family};
  });
}

/** A contestant as plain JSON. */
export function contestantJson({family, result, cost}: Contestant) {
  const {runs, scores, mean, deviation} = result;
  const [{network, rate}] = runs;
  return {
    family,
    network: network.name,
    parameters: network.parameters,
    learningRate: rate,
    mean,
    standardDeviation: deviation,
    ...cost,
    runs: runs.map(({seed, epoch, validation}, i) => ({seed, epoch, validation, test: scores[i]})),
  };
}
