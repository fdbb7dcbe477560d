import {requireInteger} from '../../errors';
import {type WholeNumber, wholeNumber} from '../../math/big_count';

/** What {@link stablyUnactivatedProbability} gives. */
export interface StablyUnactivatedProbability {
  /** The probability; null where no formula is known. */
  probability: number | null;
  /** The same as a fraction in lowest terms; numbers above 2^53 are texts of their digits. */
  fraction: [numerator: WholeNumber, denominator: WholeNumber] | null;
  /** Never more than the probability, for weights that are independent and of one law. */
  lowerBound: number;
  /** The probability is known, not only bounded. */
  exact: boolean;
  /** A conjecture, not proved: the probability is at least `2^-(2 n0 + 1)`, for any number of units. No run was below it. */
  conjecturedLowerBound: number;
}

/**
 * The probability that a random neuron of the second layer is stably unactivated: at most 0 on all of R^n0, and so for
 * all weights near its own.
 *
 * `n1 <= n0: 2^-(n1 + 1)`; `n1 = n0 + 1: (2^n0 + 1) / 4^(n0 + 1)`. For ReLU networks whose weights and biases are
 * independent, symmetric about 0 and without atoms; at TensorFlow.js's start with zero biases no neuron is stable.
 *
 * For n1 > n0 + 1 the probability depends on the law, so that there is no such number: null. Ask
 * `estimateStablyUnactivated`. The lower bound is then 2^-(n1 + 1) + 4^-n1, the value of n1 - 1 inputs: fewer inputs are
 * a part of more.
 *
 * As n1 grows that bound goes to 0, and the probability does not: runs of normal and uniform weights with n0 = 1 .. 4 and n1 up
 * to 400 stay above `2^-(2 n0 + 1)`, the conjectured bound: 0.140 and 0.125 for n0 = 1, 0.042 and 0.031 for n0 = 2. It is
 * this library's guess from those runs, and holds for all n1 <= n0 + 1. One case beyond is proved: with n0 = 1 and first-layer
 * biases of 0 the probability is `1/8 + 2^-(n1 + 2)`: c and the slopes to either side, sums of different weights, must be
 * negative, and a side without units may be flat.
 *
 * @param n0 Inputs, an integer >= 1.
 * @param n1 Units of the first layer, an integer >= 1.
 * @throws If one is not an integer >= 1.
 *
 * Source: Brownlowe, Cornwell, Montes, Quijano, Stulman and Zhang, arXiv 2412.06829.
 *
 * @example
 * pw.theory.stablyUnactivatedProbability(2, 3).fraction;  // [5, 64]
 */
export function stablyUnactivatedProbability(n0: number, n1: number): StablyUnactivatedProbability {
  const who = 'stablyUnactivatedProbability';
  requireInteger(n0, 'n0', who, 1, 2);
  requireInteger(n1, 'n1', who, 1, 3);
  const allLower = 2 ** -(n1 + 1);
  if (n1 <= n0) return known(n0, allLower, [1n, 2n ** BigInt(n1 + 1)]);
  const square = allLower + 4 ** -n1;
  if (n1 === n0 + 1) return known(n0, square, [2n ** BigInt(n0) + 1n, 4n ** BigInt(n1)]);
  return {probability: null, fraction: null, lowerBound: square, exact: false, conjecturedLowerBound: conjectured(n0)};
}

const conjectured = (n0: number) => 2 ** -(2 * n0 + 1);

const known = (n0: number, probability: number, fraction: [bigint, bigint]): StablyUnactivatedProbability => ({
  probability,
  fraction: [wholeNumber(fraction[0]), wholeNumber(fraction[1])],
  lowerBound: probability,
  exact: true,
  conjecturedLowerBound: conjectured(n0),
});
