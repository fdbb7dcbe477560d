/**
 * Counter-based random bits: each value is a hash of (seed, round, index), so any of them can be computed alone, on any
 * platform, with 32-bit integer arithmetic only. Changing anything here changes every saved model that stores a seed.
 */

/** The murmur3 finalizer: a bijection of 32-bit integers that spreads every input bit over all output bits. */
export function fmix32(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** What the random bits of one seed and one round depend on, as 32 bits. */
export function randomKey(seed: number, round: number): number {
  // What is above 32 bits is 0 for most seeds.
  return fmix32(Math.imul(round + 1, 0x85ebca77) ^ fmix32(seed ^ Math.imul(Math.trunc(seed / 2 ** 32), 0x9e3779b1)));
}

/** Returns the function `index -> 32 random bits` of one seed and one round. */
export function randomBits(seed: number, round = 0): (index: number) => number {
  const key = randomKey(seed, round);
  return (index) => fmix32(Math.imul(index + 1, 0x9e3779b1) ^ key);
}

/** `n` signs, +1 or -1: minus where the top bit of the hash is set. */
export function randomSigns(n: number, seed: number, round = 0): Float32Array {
  const bits = randomBits(seed, round);
  return Float32Array.from({length: n}, (_, i) => (bits(i) >>> 31 ? -1 : 1));
}

/** A permutation of 0 .. n-1: the indices ordered by their hash, ties by index. */
export function randomPermutation(n: number, seed: number, round = 0): Int32Array {
  const bits = randomBits(seed, round);
  const keys = Float64Array.from({length: n}, (_, i) => bits(i));
  return Int32Array.from({length: n}, (_, i) => i).sort((i, j) => keys[i] - keys[j] || i - j);
}

/** The round that picks the trainable units of a ReLU pair: no projection of the same seed uses it for its signs. */
export const PAIR_STREAM = 2 ** 16;

/** The round of the random bias of a projection. */
export const BIAS_STREAM = 2 ** 16 + 2;

/** A seed from a text, for layers that are given none: layers of different names draw different numbers. */
export function seedFromText(text: string): number {
  let h = 0;
  for (const character of text) h = fmix32(Math.imul(h, 31) + character.codePointAt(0)!);
  return h;
}

/** The `index`-th random number of a seed. */
export type RandomNumbers = (index: number) => number;

/** Uniform between -1 and 1, never 0 or either. */
export function uniformNumbers(seed: number, round = 0): RandomNumbers {
  const bits = randomBits(seed, round);
  return (index) => (bits(index) + 0.5) / 2 ** 31 - 1;
}

/** Standard normal. */
export function normalNumbers(seed: number): RandomNumbers {
  const bits = randomBits(seed);
  const unit = (index: number) => (bits(index) + 0.5) / 2 ** 32;
  return (index) => boxMuller(unit(2 * index), unit(2 * index + 1));
}

/** A standard normal number from two that are uniform in (0, 1) (Box and Muller). */
export function boxMuller(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}
