import type * as tf from '@tensorflow/tfjs';
import {type Names, requireNumber, requireOptions} from '../../errors';
import {toCanonical} from './canonicalize';
import {allowedRelabelings} from './freedom';
import {match} from './match';
import {allWeights, differenceOf, type Network, readNetwork} from './network';

/** Options of {@link equivalent}. */
export interface EquivalentOptions {
  /** Largest difference of two weights, as a share of the largest weight of their tensor. Default: 1e-4. */
  tolerance?: number;
}

/** What {@link equivalent} finds. */
export interface Equivalence {
  /** One model turns into the other by exchanging, flipping and scaling units. */
  equivalent: boolean;
  /** The largest relative difference of two weights that was left; null for models of other architectures. */
  difference: number | null;
  /** What was found, in words. */
  reason: string;
}

const ROUNDS = 20;

const OPTIONS: Names<EquivalentOptions> = {tolerance: true};

/**
 * Whether two models are one function by the symmetries that `countEquivalentMinima` counts, proved by their weights.
 *
 * Both are brought to the form of `canonicalize`; units that tie there are matched. `false` does not prove that the
 * functions differ: networks have rarer symmetries, such as units that cancel or are never active.
 *
 * Takes two of the models of `countEquivalentMinima`, with weights in float32: hence the default tolerance of 1e-4.
 *
 * @throws As `countEquivalentMinima`, or if the tolerance is no number from 0 to 1.
 *
 * @example
 * pw.analysis.equivalent(model, pw.analysis.permuteUnits(model, {seed: 1})).equivalent;  // true
 */
export function equivalent(a: tf.LayersModel, b: tf.LayersModel, options: EquivalentOptions = {}): Equivalence {
  requireOptions(options, OPTIONS, 'equivalent');
  const tolerance = requireNumber(options.tolerance ?? 1e-4, 'tolerance', 'equivalent', [0, 1], 1e-4);
  const [first, second] = [a, b].map((model) => readNetwork(model, 'equivalent'));
  const other = differenceOf(first, second);
  if (other) return {equivalent: false, difference: null, reason: `other architectures: ${other}`};
  const [target, network] = [first, second].map(({spaces}) => allowedRelabelings(spaces));
  for (const allowedBySpace of [target, network]) toCanonical(allowedBySpace);
  let difference = largestDifference(first, second);
  if (difference > tolerance) {
    match(network, target, ROUNDS);
    difference = Math.min(difference, largestDifference(first, second));
  }
  const same = difference <= tolerance;
  return {equivalent: same, difference, reason: same ? 'the weights agree' : 'the weights differ in their common form'};
}

function largestDifference(a: Network, b: Network): number {
  const others = allWeights(b);
  const each = allWeights(a).map((data, i) => {
    const scale = data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const difference = data.reduce((max, value, k) => Math.max(max, Math.abs(value - others[i][k])), 0);
    return difference === 0 ? 0 : difference / (scale || 1);
  });
  return Math.max(0, ...each);
}
