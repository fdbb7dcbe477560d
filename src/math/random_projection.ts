import {randomPermutation, randomSigns} from './random';

/** The arguments of `whtProjection` that fix its random numbers. */
export interface ProjectionArgs {
  readonly units: number;
  readonly rounds: number;
  readonly seed: number;
  readonly expand: 'tile' | 'pad';
  readonly contract: 'subsample' | 'head';
}

/** The numbers that a random projection is made of. */
export interface RandomProjection {
  /** The smallest power of two that holds inputs and units. */
  readonly size: number;
  /** One diagonal of +-1 a round. */
  readonly signs: readonly Float32Array[];
  /** The factor of the selection, to go with the last diagonal. Repeating the input has brought some of it. */
  readonly gain: number;
  /** The outputs of the last transform that are kept, in ascending order; null for the first ones. */
  readonly kept: Int32Array | null;
}

export function randomProjection(
  inputs: number,
  {units, rounds, seed, expand, contract}: ProjectionArgs,
): RandomProjection {
  const size = 2 ** Math.ceil(Math.log2(Math.max(inputs, units)));
  const isRandom = contract === 'subsample' && units < size;
  return {
    size,
    signs: Array.from({length: rounds}, (_, round) => randomSigns(size, seed, round)),
    gain: Math.sqrt(Math.max(1, (expand === 'tile' ? inputs : size) / units)),
    kept: isRandom ? randomPermutation(size, seed, rounds).slice(0, units).sort() : null,
  };
}
