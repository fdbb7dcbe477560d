/** Which models are trained on which data, and how. */

import type {DatasetName} from './datasets';
import {type Architecture, dense, sharedWht, wht} from './models';
import type {Recipe} from './recipe';

export interface Experiment {
  architecture: Architecture;
  recipe: Recipe;
}

const FRACTIONS = [0, 0.5, 1, 2];

/** Decay and smoothing help small models of both families. */
const tuned = {weightDecay: 0.05, labelSmoothing: 0.1};
const plain = {weightDecay: 0, labelSmoothing: 0};

export function experimentsFor(dataset: DatasetName, epochs?: number): Experiment[] {
  return dataset === 'digits' ? digits(epochs ?? 40) : fashionMnist(epochs ?? 20);
}

function digits(epochs: number): Experiment[] {
  const shape = {inputs: 64, classes: 10, width: 256, blocks: 2};
  // The rate of each kind is the one of three with the best mean accuracy on the validation images over its sizes.
  const recipe = {...tuned, batchSize: 64, epochs};
  const denseRecipe = {...recipe, learningRate: 0.01};
  return [
    ...FRACTIONS.map((parametersPerBreakpoint) => ({
      architecture: wht({...shape, parametersPerBreakpoint}),
      recipe: {...recipe, learningRate: 0.02},
    })),
    ...FRACTIONS.map((parametersPerBreakpoint) => ({
      architecture: wht({...shape, parametersPerBreakpoint, readOutWidth: 32}),
      recipe: {...recipe, learningRate: 0.04},
    })),
    // Of equal width and depth; and of the parameters of some networks above.
    {architecture: dense(64, [256, 256], 10), recipe: denseRecipe},
    ...[8, 18, 48].map((width) => ({architecture: dense(64, [width], 10), recipe: denseRecipe})),
  ];
}

function fashionMnist(epochs: number): Experiment[] {
  const shape = {inputs: 784, classes: 10, width: 1024};
  const common = {batchSize: 128, epochs};
  return [
    ...FRACTIONS.map((parametersPerBreakpoint) => ({
      architecture: wht({...shape, blocks: 4, parametersPerBreakpoint}),
      recipe: {...common, ...plain, learningRate: 0.004},
    })),
    ...[2, 4, 8, 12].map((blocks) => ({
      architecture: wht({...shape, blocks, parametersPerBreakpoint: 2, readOutWidth: 128}),
      recipe: {...common, ...tuned, learningRate: 0.012},
    })),
    {
      architecture: sharedWht({side: 28, patch: 7, classes: 10, channels: 64, blocks: 13, readOutWidth: 256}),
      recipe: {...common, ...plain, learningRate: 0.008}, // decay hurts slopes that many units share
    },
    ...[12, 24, 40].map((width) => ({
      architecture: dense(784, [width], 10),
      recipe: {...common, ...tuned, learningRate: 0.003},
    })),
    {
      architecture: dense(784, [1024, 1024, 1024, 1024], 10),
      recipe: {...common, ...tuned, learningRate: 0.001},
    },
  ];
}
