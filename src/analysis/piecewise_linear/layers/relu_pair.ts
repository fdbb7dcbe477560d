import type {PairConfig} from '../../../layers/relu_pair';
import {trainableUnits} from '../../../math/trainable_units';
import {shift} from '../affine';
import {type LayerCall, type LayerReader, sizeOf} from '../layer_call';
import {twoSlopes} from '../piecewise_function';
import type {Step} from '../steps';
import {perUnit, placesOf} from './activation';

/** A ReLU pair on values of a shape: a layer, or the activation of a projection. */
export function pairSteps(config: PairConfig, weights: LayerCall['weights'], shape: readonly number[]): Step[] {
  const {parametricFraction, sharedAxes, seed, useBias, fixedGain} = config;
  const units = sizeOf(shape.filter((_, i) => !sharedAxes?.includes(i + 1)));
  const functions = new Array(units).fill(twoSlopes(0, fixedGain));
  const own = trainableUnits(units, parametricFraction, seed) ?? functions.keys();
  const {negative, positive} = weights;
  for (const [i, unit] of [...own].entries()) functions[unit] = twoSlopes(negative[i], positive[i], true);
  const slopes = perUnit(functions, shape, sharedAxes);
  if (!useBias) return [slopes];
  return [shift(Float64Array.from(placesOf(shape, sharedAxes), (place) => weights.bias[place])), slopes];
}

export const reluPair: LayerReader = ({config, weights, outputShape}) =>
  pairSteps(config as unknown as PairConfig, weights, outputShape);
