import type * as tf from '@tensorflow/tfjs';
import {requireInteger} from '../../errors';
import {factorial, log10Of, type WholeNumber, wholeNumber} from '../../math/big_count';
import {countInvertible} from '../../math/binary_affine';
import type {AllowedRelabelings} from './choices';
import {continuousIn, hasMoreAtFixedMap} from './continuous';
import {allowedRelabelings} from './freedom';
import {readNetwork} from './network';
import {isTied, type Space} from './parts';
import {isBypassed} from './straight_paths';
import {hasTwins} from './twins';

/** The symmetries of one channel axis. Whole numbers above 2^53 are texts of their digits. */
export interface SpaceSymmetries {
  /** The layers between which it lies, or 'input' and 'output'. */
  between: [string, string];
  /** Hidden units. */
  units: number;
  /** Ways to exchange units. */
  permutations: WholeNumber;
  /** Ways to change the signs of units. */
  signs: WholeNumber;
  /** Independent continuous symmetries, such as the positive scale of each ReLU unit. */
  continuous: number;
  /** No other symmetry is known for this space. */
  exact: boolean;
}

/** What {@link countEquivalentMinima} gives. Whole numbers above 2^53 are texts of their digits, for `BigInt(count)`. */
export interface EquivalentMinima {
  /** Permutations of units alone: n! for a hidden layer of width n, fewer at a fixed transform. */
  count: WholeNumber;
  /** Its decimal logarithm. */
  log10: number;
  /** Permutations and changes of sign. */
  withSigns: {count: WholeNumber; log10: number};
  /**
   * Dimension of the set of weights around each of these points that compute the same function: factors and constants that can
   * move from one layer to the next, and matrices between linear maps.
   */
  continuous: number;
  /**
   * No other symmetry is known for weights in general position with all units at work: none never, none always active.
   * If false, all counts are lower bounds.
   */
  exact: boolean;
  /** One for each space of hidden units. */
  spaces: SpaceSymmetries[];
}

const WHO = 'countEquivalentMinima';

/**
 * How many points of the parameter space compute the same function, because units can be exchanged, flipped and scaled.
 *
 * `count = n_1! n_2! ...` over the channel axes between trainable maps; `withSigns` has 2^n more for tanh, sigmoid or
 * trainable slopes, 4^n for `reluPair`. After a fixed square Walsh-Hadamard transform there are 2n instead of 4^n n!.
 *
 * Use it to see how redundant a parameterization is. Each minimum of the loss has so many copies, if its weights are in
 * general position: equal units or zero weights make fewer different ones.
 *
 * Beside a `blockDense` units are exchanged within their blocks: a lower bound where whole blocks may be exchanged, too, which they
 * may not where an end of the model holds them.
 *
 * Takes a model of dense, convolution, normalization, activation and pooling layers and those of tfjs-piecewise, or the
 * widths of hidden layers. Branches may meet in add, average and concatenate layers: units that are added are one space,
 * and are exchanged together. Inputs and outputs of the model are not exchanged. Weights of frozen layers (`trainable: false`)
 * count as others do. `exact` is false where branches leave a path without a bend: matrices and constants may move along it.
 *
 * @throws If a layer is of another kind or is used twice, an activation is unknown, or a width is no whole number above 0.
 *
 * Source: U. Michelucci, arXiv 2211.06603; the group of the transform is derived in the tests.
 *
 * @example
 * pw.analysis.countEquivalentMinima([10, 10]).count;  // 13168189440000 = 10! 10!
 */
export function countEquivalentMinima(model: tf.LayersModel | readonly number[]): EquivalentMinima {
  const spaces = Array.isArray(model) ? model.map(ofWidth) : ofModel(model as tf.LayersModel);
  const product = (values: bigint[]) => values.reduce((result, value) => result * value, 1n);
  const count = product(spaces.map(({permutations}) => BigInt(permutations)));
  const all = count * product(spaces.map(({signs}) => BigInt(signs)));
  return {
    count: wholeNumber(count),
    log10: log10Of(count),
    withSigns: {count: wholeNumber(all), log10: log10Of(all)},
    continuous: spaces.reduce((sum, {continuous}) => sum + continuous, 0),
    exact: spaces.every(({exact}) => exact),
    spaces,
  };
}

function ofWidth(width: number, i: number): SpaceSymmetries {
  const units = requireInteger(width, `widths[${i}]`, WHO, 1, 10);
  const between: [string, string] = [`layer ${i + 1}`, `layer ${i + 2}`];
  return {between, units, permutations: wholeNumber(factorial(units)), signs: 1, continuous: 0, exact: false};
}

function ofModel(model: tf.LayersModel): SpaceSymmetries[] {
  const {spaces} = readNetwork(model, WHO);
  const twins = hasTwins(model, WHO);
  return allowedRelabelings(spaces).map((allowed) => {
    const symmetries = symmetriesOf(allowed, spaces);
    return twins ? {...symmetries, exact: false} : symmetries;
  });
}

function symmetriesOf(allowed: AllowedRelabelings, spaces: readonly Space[]): SpaceSymmetries {
  const {space, segments, linear} = allowed;
  const {units, producer, consumer} = space;
  const each = segments.map(({per, sign, scale}) => ({
    signs: !sign ? 1n : per === 'unit' ? 2n ** BigInt(units) : 2n,
    continuous: !scale ? 0 : per === 'unit' ? units : 1,
  }));
  const hasFixedMap = producer.kind === 'fixed' || consumer.kind === 'fixed';
  const isChain = !isTied(space) && !hasFixedMap;
  const {dimensions, exact} = isChain
    ? continuousIn(space, spaces)
    : {
        dimensions: linear ? units ** 2 : each.reduce((sum, {continuous}) => sum + continuous, 0),
        exact: !linear && (isTied(space) || !hasMoreAtFixedMap(space)),
      };
  return {
    between: [producer.layer, consumer.layer],
    units,
    permutations: wholeNumber(permutationsOf(allowed)),
    signs: wholeNumber(each.reduce((product, {signs}) => product * signs, 1n)),
    continuous: dimensions,
    exact: allowed.exact && exact && !isBypassed(space, spaces),
  };
}

function permutationsOf({space: {units}, permutations, block, characters}: AllowedRelabelings): bigint {
  if (permutations === 'all') return factorial(block) ** BigInt(units / block);
  const walsh = characters === 'all' ? BigInt(units) : 1n;
  return permutations === 'affine' ? walsh * BigInt(units) * countInvertible(Math.log2(units)) : walsh;
}
