import {fail} from '../../errors';
import {type KeptTrainings, NONE_KEPT} from './kept';
import type {Network} from './networks';
import type {Problem} from './problem';
import {type Recipe, stepsOf} from './recipe';
import {isBetter, type Run, type RunSettings, trainNetwork} from './train_network';

/** Steps that a search and the trainings after it take. */
export function searchSteps(networks: number, problem: Problem, recipe: Recipe, seeds: number): number {
  const {length} = problem.split.train;
  const trial = stepsOf(recipe, recipe.trialRows, recipe.trialEpochs);
  return networks * recipe.rates.length * trial + seeds * stepsOf(recipe, length, recipe.epochs);
}

interface SearchOptions {
  seeds: number;
  onStep: () => void;
  who: string;
  kept?: KeptTrainings;
}

/**
 * Chooses among shapes and learning rates by short trainings, judged on the validation rows, and trains the chosen network
 * from each seed.
 *
 * @throws If every training diverges.
 */
export async function searchAndTrain(
  networks: readonly Network[],
  problem: Problem,
  recipe: Recipe,
  {seeds, onStep, who, kept = NONE_KEPT}: SearchOptions,
): Promise<Run[]> {
  const {train} = problem.split;
  const trained = async (network: Network, trial: boolean, settings: Omit<RunSettings, 'onStep'>): Promise<Run> => {
    const {seed, rate, rows, epochs} = settings;
    const key = {network, seed, rate, trial};
    const outcome = kept.get(key);
    if (!outcome) {
      const run = await trainNetwork(network, problem, recipe, {...settings, onStep});
      await kept.put(key, run);
      return run;
    }
    for (let step = stepsOf(recipe, rows.length, epochs); step > 0; step--) onStep();
    return {network, seed, rate, ...outcome};
  };
  const part = train.subarray(0, recipe.trialRows);
  let chosen: Run | null = null;
  for (const network of networks) {
    for (const rate of recipe.rates) {
      const run = await trained(network, true, {seed: 1, rate, rows: part, epochs: recipe.trialEpochs});
      if (!chosen || isBetter(run.validation, chosen.validation)) chosen = run;
    }
  }
  const {network, rate} = chosen!;
  const runs: Run[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    runs.push(await trained(network, false, {seed, rate, rows: train, epochs: recipe.epochs}));
  }
  if (runs.some(({epoch}) => epoch === 0)) {
    const fix = 'Look for numbers in the table that cannot be right.';
    fail(who, `the loss of ${network.family} ${network.name} must stay finite`, 'NaN', fix);
  }
  return runs;
}
