import {BIAS_STREAM, randomPermutation, randomSigns, uniformNumbers} from './random';

/** The arguments of `whtProjection` that fix its random numbers. */
export interface ProjectionArgs {
  readonly units: number;
  readonly rounds: number;
  readonly seed: number;
  readonly expand: 'tile' | 'pad';
  readonly contract: 'subsample' | 'head';
  readonly randomBias: number;
}

/** The numbers that a random projection is made of. */
export interface RandomProjection {
  /** The smallest power of two that holds inputs and units. */
  readonly size: number;
  /** One diagonal of +-1 a round. */
  readonly signs: readonly Float32Array[];
  /**
   * What is added to the first values before the last diagonal, and so spread by the last transform over all outputs; null
   * without a bias.
   */
  readonly bias: Float32Array | null;
  /** The factor of the selection, to go with the last diagonal. Repeating the input has brought some of it. */
  readonly gain: number;
  /** The outputs of the last transform that are kept, in ascending order; null for the first ones. */
  readonly kept: Int32Array | null;
}

export function randomProjection(
  inputs: number,
  {units, rounds, seed, expand, contract, randomBias}: ProjectionArgs,
): RandomProjection {
  const size = 2 ** Math.ceil(Math.log2(Math.max(inputs, units)));
  const isRandom = contract === 'subsample' && units < size;
  return {
    size,
    signs: Array.from({length: rounds}, (_, round) => randomSigns(size, seed, round)),
    bias:
      randomBias === 0 ? null : uniformBias(size, seed, randomBias * Math.sqrt(expand === 'tile' ? 1 : inputs / size)),
    gain: Math.sqrt(Math.max(1, (expand === 'tile' ? inputs : size) / units)),
    kept: isRandom ? randomPermutation(size, seed, rounds).slice(0, units).sort() : null,
  };
}

/** So many numbers give as many different sums, and cost nothing to store. */
const BIAS_LENGTH = 32;

/** Uniform numbers to be spread over `size` outputs with that root mean square. */
function uniformBias(size: number, seed: number, rootMeanSquare: number): Float32Array {
  const uniform = uniformNumbers(seed, BIAS_STREAM);
  const length = Math.min(size, BIAS_LENGTH);
  const limit = rootMeanSquare * Math.sqrt((3 * size) / length);
  return Float32Array.from({length}, (_, i) => limit * uniform(i));
}
