import type * as tf from '@tensorflow/tfjs';
import {type Names, requireNumber, requireOptions} from '../../errors';
import {toCanonical} from './canonicalize';
import {silence} from './dead_units';
import {allowedRelabelings} from './freedom';
import {match} from './match';
import {differenceOf, type Network, readNetwork, saveWeights} from './network';
import {RandomRule} from './permute_units';
import {relabel} from './relabel';
import {unitGraph} from './unit_graph';
import {matchUnits} from './unit_matching';
import {largestDifference, sizesOf} from './weight_difference';

/** Options of {@link equivalent}. */
export interface EquivalentOptions {
  /** Largest difference of two weights, as a share of the larger of the two. Default: 1e-4. */
  tolerance?: number;
}

/** What {@link equivalent} finds. */
export interface Equivalence {
  /** One model turns into the other by exchanging, flipping and scaling units; null if that is not known. */
  equivalent: boolean | null;
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
 * Weights into units that nothing reads, and out of units that are constant, do not count. Units are matched by colors that the
 * weights refine, as graphs are; those that stay alike are tried one after another, and after 60 wrong ways the answer is null.
 * It is also null where sparse or equal weights leave open how a fixed transform was passed.
 *
 * `false` does not prove that the functions differ: networks have rarer symmetries, such as units that cancel or are
 * never active.
 *
 * Takes two of the models of `countEquivalentMinima`, with weights in float32. Weights are compared each for itself, but a bias
 * after sigmoid units, which is a sum, by the sizes of its terms.
 *
 * @throws As `countEquivalentMinima`, or if the tolerance is no number from 0 to 1.
 *
 * Source: Michelucci 2022, arXiv 2211.06603 (the copies of a minimum).
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
  const found = compare(first, second, tolerance);
  const difference = found.difference;
  if (difference <= tolerance) return {equivalent: true, difference, reason: 'the weights agree'};
  if (found.isKnown) return {equivalent: false, difference, reason: 'the weights differ in their common form'};
  return {equivalent: null, difference, reason: 'not known: too many units are alike to try all ways to match them'};
}

/** The difference of the weights in the best way to match them that was found; `isKnown` if there is no better one. */
function compare(first: Network, second: Network, tolerance: number): {difference: number; isKnown: boolean} {
  const [sums, others] = [first, second].map(({spaces}) => silence(spaces));
  const [target, network] = [first, second].map(({spaces}) => allowedRelabelings(spaces));
  const difference = () => largestDifference(first, second, sizesOf(first, unitGraph(target, sums)));
  const asTheyAre = difference();
  if (asTheyAre <= tolerance) return {difference: asTheyAre, isKnown: true};
  const matching = matchUnits([target, sums], [network, others], shareOf(target.length, tolerance), (rule) => {
    const restore = saveWeights(second);
    relabel(network, rule);
    const isRight = difference() <= tolerance;
    if (!isRight) restore();
    return isRight;
  });
  if (matching.kind === 'found') return {difference: difference(), isKnown: true};
  const {kind} = matching;
  const isStable = kind === 'transformed' && [1, 2, 3].every((seed) => isCanonicalAfter(second, seed));
  for (const allowedBySpace of [target, network]) toCanonical(allowedBySpace);
  const canonical = difference();
  if (canonical <= tolerance) return {difference: canonical, isKnown: true};
  match(network, target, ROUNDS);
  return {difference: Math.min(canonical, difference()), isKnown: kind === 'none' || isStable};
}

/** How far two weights of networks that agree may be apart once scales are fixed, unit after unit. */
export const shareOf = (spaces: number, tolerance: number) => 4 * (spaces + 1) * Math.max(tolerance, 1e-6);

/** Whether the canonical form is the same after one of the symmetries: not if weights tie. */
function isCanonicalAfter(network: Network, seed: number): boolean {
  const restore = saveWeights(network);
  const allowed = allowedRelabelings(network.spaces);
  toCanonical(allowed);
  const canonical = network.weights.map(({all}) => all.map(({data}) => data.slice()));
  restore();
  relabel(allowed, new RandomRule(seed, true, true));
  toCanonical(allowed);
  const isSame = network.weights.every(({all}, i) =>
    all.every(({data}, k) => data.every((value, j) => Math.abs(value - canonical[i][k][j]) <= 1e-6 * Math.abs(value))),
  );
  restore();
  return isSame;
}
