import type * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireInteger, requireOptions} from '../../errors';
import {toCanonical} from './canonicalize';
import type {AllowedRelabelings, RelabelingRule, SpaceRelabeling} from './choices';
import {silence} from './dead_units';
import {shareOf} from './equivalent';
import {allowedRelabelings} from './freedom';
import {match} from './match';
import {allWeights, differenceOf, type Network, readNetwork, saveWeights} from './network';
import {relabel} from './relabel';
import {unitGraph} from './unit_graph';
import {matchUnits, type Side} from './unit_matching';
import {largestDifference, sizesOf} from './weight_difference';

/** Options of {@link align}. */
export interface AlignOptions {
  /** Passes over all layers at most, an integer >= 1. Default: 20. */
  iterations?: number;
}

/** What {@link align} gives. */
export interface Alignment<M extends tf.LayersModel = tf.LayersModel> {
  /** The function of b, with weights as near to those of a as was found. */
  model: M;
  /** Euclidean distance of all weights of a to those of b, before and after. */
  distanceBefore: number;
  /** The same for `model`. */
  distanceAfter: number;
}

/** Weights that differ by less than this share are the same. */
const SAME = 1e-4;

const OPTIONS: Names<AlignOptions> = {iterations: true};

/**
 * The function of model b with its units in the order, sign and scale of those of model a.
 *
 * Equivalent models are matched as `equivalent` does. Else each unit of a gets one of b so that the sum of the products of their weights is greatest: a linear assignment problem
 * per layer, solved exactly in n^3 steps; layer after layer until nothing changes.
 *
 * Use it before weights are averaged, interpolated or compared, for two models that were trained from different starts.
 * The result is exact for equivalent models, except for weights that no output depends on; for others it is a local best, and never farther than b itself. Layers whose
 * units a fixed transform ties to those of the next are not matched one by one: they are brought to the common form.
 *
 * Takes two of the models of `countEquivalentMinima` of one architecture; the result shares nothing with them.
 *
 * @throws As `countEquivalentMinima`, or if the architectures differ.
 *
 * Source: Ainsworth, Hayase and Srinivasa, "Git Re-Basin", arXiv 2209.04836.
 *
 * @example
 * const {model, distanceBefore, distanceAfter} = pw.analysis.align(first, second);
 */
export function align<M extends tf.LayersModel>(a: tf.LayersModel, b: M, options: AlignOptions = {}): Alignment<M> {
  requireOptions(options, OPTIONS, 'align');
  const iterations = requireInteger(options.iterations ?? 20, 'iterations', 'align', 1, 20);
  const [target, network] = [readNetwork(a, 'align'), readNetwork(b, 'align')];
  const other = differenceOf(target, network);
  if (other) fail('align', 'the models must have one architecture', other, 'Build both by the same function.');
  const original = allWeights(target).map((data) => data.slice());
  const distanceBefore = distance(original, network);
  const [targets, allowedBySpace] = [target, network].map(({spaces}) => allowedRelabelings(spaces));
  if (!matchExactly(a, b, {target, network, targets, allowedBySpace})) {
    const choices = toCanonical(targets);
    toCanonical(allowedBySpace);
    match(allowedBySpace, targets, iterations);
    for (const made of choices.reverse()) relabel(allowedBySpace, undoing(made));
  }
  const distanceAfter = distance(original, network);
  if (distanceAfter <= distanceBefore) return {model: network.toModel(), distanceBefore, distanceAfter};
  return {model: readNetwork(b, 'align').toModel(), distanceBefore, distanceAfter: distanceBefore};
}

interface Pair {
  target: Network;
  network: Network;
  targets: AllowedRelabelings[];
  allowedBySpace: AllowedRelabelings[];
}

/** Makes the weights of equivalent models the same, or at least those on which the outputs depend. */
function matchExactly(a: tf.LayersModel, b: tf.LayersModel, {target, network, targets, allowedBySpace}: Pair): boolean {
  if (found(target, network, [targets], [allowedBySpace])) return true;
  const [first, second] = [a, b].map((model) => readNetwork(model, 'align'));
  const [sums, others] = [first, second].map(({spaces}) => silence(spaces));
  const [ofFirst, ofSecond] = [first, second].map(({spaces}) => allowedRelabelings(spaces));
  const rule = found(first, second, [ofFirst, sums], [ofSecond, others]);
  if (rule) relabel(allowedBySpace, rule);
  return rule !== null;
}

/** The rule that makes the network the target, applied to it. */
function found(target: Network, network: Network, ofTarget: Side, ofNetwork: Side): RelabelingRule | null {
  const restore = saveWeights(network);
  const sizes = sizesOf(target, unitGraph(...ofTarget));
  const matching = matchUnits(ofTarget, ofNetwork, shareOf(ofTarget[0].length, SAME), (rule) => {
    relabel(ofNetwork[0], rule);
    const isRight = largestDifference(target, network, sizes) <= SAME;
    if (!isRight) restore();
    return isRight;
  });
  return matching.kind === 'found' ? matching.rule : null;
}

function distance(original: Float64Array[], network: Network): number {
  const squares = allWeights(network).flatMap((data, i) =>
    Array.from(data, (value, k) => (value - original[i][k]) ** 2),
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

/** The symmetry that takes back the choices. */
function undoing(choices: SpaceRelabeling[]): RelabelingRule {
  const inverses = choices.map(({from, factors}) => {
    const inverse = new Int32Array(from.length);
    from.forEach((old, i) => {
      inverse[old] = i;
    });
    return {inverse, factors: factors.map((factor) => Float64Array.from(inverse, (i) => 1 / factor[i]))};
  });
  return {order: ({index}) => inverses[index].inverse, factors: ({index}, segment) => inverses[index].factors[segment]};
}
