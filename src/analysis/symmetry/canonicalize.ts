import type * as tf from '@tensorflow/tfjs';
import {toCanonical} from './canonical_chooser';
import {freedomsOf} from './freedom';
import {readNetwork} from './network';

/**
 * A new model of the same function with its units in one agreed order, sign and scale.
 *
 * Where the activation allows a factor, the weights into a unit have length 1 and their largest entry is positive; then
 * the units are sorted by their weights. Models that differ only by `permuteUnits` become equal, up to rounding.
 *
 * Use it to compare, cache or compress models. Units whose weights nearly tie may swap by rounding: `equivalent` and
 * `align` match them. Takes the models of `countEquivalentMinima`; the result shares nothing with the given one.
 *
 * @throws As `countEquivalentMinima`.
 *
 * @example
 * const model = pw.analysis.canonicalize(trained);
 */
export function canonicalize<M extends tf.LayersModel>(model: M): M {
  const network = readNetwork(model, 'canonicalize');
  toCanonical(freedomsOf(network.spaces));
  return network.toModel();
}
