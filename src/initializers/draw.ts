import {requireInteger} from '../errors';
import {boxMuller, randomBits} from '../math/random';

/** The first round of random numbers that no layer of the same seed uses. */
const STREAM = 2 ** 18;

/** A seed as given, or a new one: it is saved either way, so that a config names the numbers it stands for. */
export function seedOrRandom(seed: number | null | undefined, who: string): number {
  return requireInteger(seed ?? Math.floor(Math.random() * 2 ** 31), 'seed', who, -Infinity, 1);
}

/** `n` numbers uniform in (0, 1), the same on every platform; each stream of a seed is independent. */
export function drawUniform(n: number, seed: number, stream: number): Float64Array {
  const bits = randomBits(seed, STREAM + stream);
  return Float64Array.from({length: n}, (_, i) => (bits(i) + 0.5) / 2 ** 32);
}

/** `n` standard normal numbers from two streams. */
export function drawNormal(n: number, seed: number, stream: number): Float64Array {
  const [radius, angle] = [drawUniform(n, seed, stream), drawUniform(n, seed, stream + 1)];
  return radius.map((u, i) => boxMuller(u, angle[i]));
}
