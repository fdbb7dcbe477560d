import {adamW} from '../../optimizers';
import {oneCycle, type Schedule} from '../../schedules';

/** How long, and in what pieces, networks are trained. */
export interface Recipe {
  batchSize: number;
  epochs: number;
  /** Rows and epochs of the short trainings that choose shape and rate. */
  trialRows: number;
  trialEpochs: number;
  /** Highest learning rates that are tried, the same for both families. */
  rates: readonly number[];
  weightDecay: number;
}

const STEPS = 1000;
const TRIAL_SHARE = 0.4;

/** About as many steps whatever the number of rows, until one pass takes more. */
export function recipeOf(trainingRows: number, epochs?: number): Recipe {
  const batchSize = Math.min(512, Math.max(32, 2 ** Math.round(Math.log2(trainingRows / 100))));
  const usual = Math.max(3, Math.round((STEPS * batchSize) / trainingRows));
  const chosen = epochs ?? usual;
  const trialRows = Math.min(trainingRows, TRIAL_SHARE * STEPS * batchSize);
  return {
    batchSize,
    epochs: chosen,
    trialRows,
    // A part of many rows is enough to choose by.
    trialEpochs: trialRows < trainingRows ? 1 : Math.ceil(TRIAL_SHARE * chosen),
    rates: [0.003, 0.01, 0.03, 0.1],
    weightDecay: 0.01,
  };
}

export const stepsOf = ({batchSize}: Recipe, rows: number, epochs: number): number =>
  Math.ceil(rows / batchSize) * epochs;

/** Decay keeps what is learned simple; the schedule takes large steps and then small ones. */
export const optimizerOf = ({weightDecay}: Recipe, learningRate: number) => adamW({learningRate, weightDecay});
export const scheduleOf = (learningRate: number): Schedule => oneCycle({learningRate});
