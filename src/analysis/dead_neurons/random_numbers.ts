import {randomBits} from '../../math/random';

/** The `index`-th random number of a seed. */
export type RandomNumbers = (index: number) => number;

/** Uniform between -1 and 1, never 0 or either. */
export function uniformNumbers(seed: number): RandomNumbers {
  const bits = randomBits(seed);
  return (index) => (bits(index) + 0.5) / 2 ** 31 - 1;
}

/** Standard normal, by Box and Muller. */
export function normalNumbers(seed: number): RandomNumbers {
  const bits = randomBits(seed);
  const unit = (index: number) => (bits(index) + 0.5) / 2 ** 32;
  return (index) => Math.sqrt(-2 * Math.log(unit(2 * index))) * Math.cos(2 * Math.PI * unit(2 * index + 1));
}
