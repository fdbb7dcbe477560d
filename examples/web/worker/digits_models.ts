/** Networks on the digits, from small to large, as `npm start` trains them. */

import {type Architecture, dense, wht} from '../../node/models';
import type {Recipe} from '../../node/recipe';

export interface Entry {
  architecture: Architecture;
  recipe: Recipe;
}

const common = {weightDecay: 0.05, labelSmoothing: 0.1, batchSize: 64};
const shape = {inputs: 64, classes: 10, parametersPerBreakpoint: 2};

export function digitsEntries(epochs: number): Entry[] {
  const ours = [
    wht({...shape, width: 64, blocks: 1, readOutWidth: 16}),
    wht({...shape, width: 128, blocks: 1, readOutWidth: 32}),
    wht({...shape, width: 256, blocks: 2, readOutWidth: 32}),
    wht({...shape, width: 256, blocks: 4, readOutWidth: 32}),
    wht({...shape, width: 256, blocks: 2}),
  ];
  const theirs = [4, 8, 18, 32, 48].map((width) => dense(64, [width], 10));
  return ours.flatMap((architecture, i) => [
    {architecture, recipe: {...common, epochs, learningRate: 0.03}},
    {architecture: theirs[i], recipe: {...common, epochs, learningRate: 0.01}},
  ]);
}
