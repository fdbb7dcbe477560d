import {type Names, requireInteger, requireOptions} from '../errors';
import {randomSigns as signs} from '../math/random';

/** Arguments of {@link randomSigns}. */
export interface RandomSignsArgs {
  /** Integer; the same seed gives the same signs on every platform. */
  seed: number;
  /** Integer >= 0: independent signs of the same seed, for example one set per round. Default: 0. */
  round?: number;
}

const OPTIONS: Names<RandomSignsArgs> = {seed: true, round: true};

/**
 * `n` random signs, +1 or -1.
 *
 * Sign i is the top bit of a 32-bit hash of (seed, round, i): the same bits on every platform and backend. Use it for
 * projections by `walshHadamard`, and wherever signs must be the same again; the layers draw their own from their seed.
 *
 * @param n Number of signs, an integer >= 0.
 * @param args `seed`, and `round` for independent signs of one seed.
 * @returns Float32Array of n values.
 * @throws If n, the seed or the round is not an integer, or n or the round is negative.
 *
 * @example
 * const signs = pw.randomSigns(4, {seed: 42});  // [-1, 1, 1, 1]
 * pw.walshHadamard(tf.ones([4]), {signs});
 */
export function randomSigns(n: number, args: RandomSignsArgs = {} as RandomSignsArgs): Float32Array {
  const who = 'randomSigns';
  requireOptions(args, OPTIONS, who);
  const {seed} = args;
  const round = args.round ?? 0;
  requireInteger(n, 'n', who, 0, 1024);
  requireInteger(seed, 'seed', who, -Infinity, 1);
  requireInteger(round, 'round', who, 0, 1);
  return signs(n, seed, round);
}
