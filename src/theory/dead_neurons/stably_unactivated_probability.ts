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
  if (n1 <= n0) return known(allLower, [1n, 2n ** BigInt(n1 + 1)]);
  const square = allLower + 4 ** -n1;
  if (n1 === n0 + 1) return known(square, [2n ** BigInt(n0) + 1n, 4n ** BigInt(n1)]);
  return {probability: null, fraction: null, lowerBound: square, exact: false};
}

const known = (probability: number, fraction: [bigint, bigint]): StablyUnactivatedProbability => ({
  probability,
  fraction: [wholeNumber(fraction[0]), wholeNumber(fraction[1])],
  lowerBound: probability,
  exact: true,
});
