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
  /** Those are as far from 0 as this at most. */
  readonly biasLimit: number;
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
  const biasLength = Math.min(size, BIAS_LENGTH);
  const rootMeanSquare = randomBias * Math.sqrt(expand === 'tile' ? 1 : inputs / size);
  const biasLimit = rootMeanSquare * Math.sqrt((3 * size) / biasLength);
  const isRandom = contract === 'subsample' && units < size;
  return {
    size,
    signs: Array.from({length: rounds}, (_, round) => randomSigns(size, seed, round)),
    bias: randomBias === 0 ? null : uniformBias(biasLength, seed, biasLimit),
    biasLimit,
    gain: Math.sqrt(Math.max(1, (expand === 'tile' ? inputs : size) / units)),
    kept: isRandom ? randomPermutation(size, seed, rounds).slice(0, units).sort() : null,
  };
}

/** So many numbers give as many different sums, and cost nothing to store. */
const BIAS_LENGTH = 32;

function uniformBias(length: number, seed: number, limit: number): Float32Array {
  const uniform = uniformNumbers(seed, BIAS_STREAM);
  return Float32Array.from({length}, (_, i) => limit * uniform(i));
}
