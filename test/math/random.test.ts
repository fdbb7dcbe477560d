import {fmix32, randomBits, randomPermutation, randomSigns, seedFromText} from '../../src/math/random';

const text = (signs: Float32Array) => Array.from(signs, (sign) => (sign < 0 ? '-' : '+')).join('');

describe('fmix32', () => {
  it('is the finalizer of murmur3: its hash of the empty text, by seed', () => {
    expect([0, 1, 0xffffffff].map(fmix32)).toEqual([0, 0x514e28b7, 0x81f16f39]);
  });

  it('gives different numbers for different numbers', () => {
    const inputs = Array.from({length: 1 << 16}, (_, i) => Math.imul(i, 0x9e3779b1));
    expect(new Set(inputs.map(fmix32)).size).toBe(1 << 16);
  });
});

describe('randomSigns', () => {
  const N = 4096;
  const SEEDS = Array.from({length: 100}, (_, seed) => seed);

  it('gives the golden vector for seed 42: saved models depend on it', () => {
    expect(text(randomSigns(32, 42))).toBe('-+++--+++-++++++--+-----++-++---');
  });

  it('computes each sign on its own: fewer signs are the first of more', () => {
    expect(randomSigns(10, 7, 3)).toEqual(randomSigns(100, 7, 3).subarray(0, 10));
    const bits = randomBits(7, 3);
    expect(randomSigns(100, 7, 3)[99]).toBe(bits(99) >= 2 ** 31 ? -1 : 1);
  });

  it('tells apart negative seeds and seeds of more than 32 bits, such as a time in milliseconds', () => {
    const seeds = [5, -5, 2 ** 32 + 5, 2 ** 33 + 5, 1.7e12, 1.7e12 + 2 ** 32];
    expect(new Set(seeds.map((seed) => text(randomSigns(64, seed)))).size).toBe(seeds.length);
  });

  // Sums of N independent signs have mean 0 and deviation sqrt(N). Of 100 normal values the largest is below 4.
  const scores: [string, (seed: number) => number][] = [
    ['balanced', (seed) => sum(randomSigns(N, seed))],
    ...[1, 2, 3, 64].map((lag): [string, (seed: number) => number] => [
      `independent of those ${lag} places on`,
      (seed) => dot(randomSigns(N, seed), randomSigns(N + lag, seed).subarray(lag)),
    ]),
    ['independent of those of the next round', (seed) => dot(randomSigns(N, seed), randomSigns(N, seed, 1))],
    ['independent of those of the next seed', (seed) => dot(randomSigns(N, seed), randomSigns(N, seed + 1))],
  ];
  it.each(scores)('gives signs that are %s', (_, score) => {
    const z = SEEDS.map((seed) => score(seed) / Math.sqrt(N));
    const deviation = Math.sqrt(z.reduce((total, value) => total + value ** 2, 0) / z.length);
    expect(deviation).toBeGreaterThan(0.75);
    expect(deviation).toBeLessThan(1.25);
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(4);
  });

  it('resembles no row of the Hadamard matrix: no Walsh coefficient is above 6 sqrt(n)', () => {
    for (const seed of [0, 1, 42]) {
      const signs = Float64Array.from(randomSigns(N, seed));
      for (let h = 1; h < N; h *= 2) {
        for (let i = 0; i < N; i++) {
          if ((i & h) === 0) [signs[i], signs[i + h]] = [signs[i] + signs[i + h], signs[i] - signs[i + h]];
        }
      }
      expect(Math.max(...signs.map(Math.abs))).toBeLessThan(6 * Math.sqrt(N));
    }
  });
});

describe('randomPermutation', () => {
  it.each([0, 1, 2, 7, 1000])('is a permutation of %d numbers', (n) => {
    expect([...randomPermutation(n, 3)].sort((a, b) => a - b)).toEqual(Array.from({length: n}, (_, i) => i));
  });

  it('orders the indices by their hash', () => {
    const bits = randomBits(5, 2);
    const hashes = Array.from(randomPermutation(100, 5, 2), bits);
    expect(hashes).toEqual([...hashes].sort((a, b) => a - b));
  });

  it('differs from seed to seed and from round to round', () => {
    const [first, ...others] = [randomPermutation(50, 1), randomPermutation(50, 2), randomPermutation(50, 1, 1)];
    for (const other of others) expect(other).not.toEqual(first);
  });

  it('puts each number at each place equally often', () => {
    const [n, seeds] = [8, 4000];
    const counts = new Float64Array(n * n);
    for (let seed = 0; seed < seeds; seed++) {
      for (const [place, value] of randomPermutation(n, seed).entries()) counts[n * place + value]++;
    }
    const expected = seeds / n;
    const chiSquared = counts.reduce((total, count) => total + (count - expected) ** 2 / expected, 0);
    expect(chiSquared).toBeLessThan(85.4); // 49 degrees of freedom: exceeded once in 1000 draws
  });
});

describe('seedFromText', () => {
  it('gives 32-bit seeds that differ for names that differ in one character', () => {
    const names = Array.from({length: 1000}, (_, i) => `wht_projection_WHTProjection${i}`);
    const seeds = names.map(seedFromText);
    expect(new Set(seeds).size).toBe(1000);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  });

  it('gives the same seed for the same text on every platform', () => {
    expect(seedFromText('')).toBe(0);
    expect(seedFromText('relu_pair_ReLUPair1')).toBe(1940665896);
  });
});

const sum = (v: Float32Array) => v.reduce((total, value) => total + value, 0);
const dot = (a: Float32Array, b: Float32Array) => a.reduce((total, value, i) => total + value * b[i], 0);
