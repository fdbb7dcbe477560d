/** Shapes and numbers to fuzz with. Numbers come from a seed, so that a failing case shrinks to a short recipe. */

import fc from 'fast-check';

/** How the numbers of a tensor are made. */
export interface Recipe {
  seed: number;
  /** Powers of two of the sizes of the numbers, from and to. */
  low: number;
  high: number;
  /** Numbers put at places, counted round and round the tensor. */
  strange: readonly (readonly [place: number, value: number])[];
}

const LARGEST = 2 ** 127 * (2 - 2 ** -23);
const STRANGE = [Number.NaN, Infinity, -Infinity, -0, 0, 2 ** -149, -(2 ** -126), 1e-38, 1e38, LARGEST, -LARGEST];

const seed = fc.nat({max: 2 ** 31 - 1});
const sizes = fc.oneof(
  {weight: 6, arbitrary: fc.constant([-2, 1] as const)},
  {weight: 1, arbitrary: fc.constant([0, 0] as const)},
  {weight: 1, arbitrary: fc.constant([-149, -120] as const)},
  {weight: 1, arbitrary: fc.constant([-126, 126] as const)},
  {weight: 1, arbitrary: fc.constant([100, 126] as const)},
);
const places = fc.array(fc.tuple(fc.nat({max: 9999}), fc.constantFrom(...STRANGE)), {maxLength: 3});

/** Any float32 numbers: mostly near 1, sometimes denormal or huge, sometimes with NaN, infinities and -0 among them. */
export const anyNumbers: fc.Arbitrary<Recipe> = fc
  .tuple(seed, sizes, fc.oneof({weight: 2, arbitrary: fc.constant([])}, {weight: 1, arbitrary: places}))
  .map(([seed, [low, high], strange]) => ({seed, low, high, strange}));

/** Finite numbers near 1, for what has no meaning with others. */
export const plainNumbers: fc.Arbitrary<Recipe> = seed.map((seed) => ({seed, low: -2, high: 1, strange: []}));

/** A stream of numbers in [0, 1), by the seed: xorshift of 32 bits. */
export function uniforms(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export function numbers({seed, low, high, strange}: Recipe, size: number): Float32Array {
  const next = uniforms(seed);
  const values = Float32Array.from({length: size}, () => {
    const sign = next() < 0.5 ? -1 : 1;
    return sign * (1 + next()) * 2 ** Math.floor(low + next() * (high - low + 1));
  });
  if (size > 0) for (const [place, value] of strange) values[place % size] = value;
  return values;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Rank 1 to 4, axes of 0 to 6 elements. */
export const anyShape = fc.oneof(
  {weight: 5, arbitrary: fc.array(fc.integer({min: 1, max: 6}), {minLength: 1, maxLength: 4})},
  {weight: 1, arbitrary: fc.array(fc.integer({min: 0, max: 3}), {minLength: 1, maxLength: 4})},
  // Around the tiles of 4, 8, 16 and 64 numbers that kernels work in.
  {weight: 2, arbitrary: fc.tuple(fc.integer({min: 1, max: 5}), fc.integer({min: 1, max: 140}))},
);

/** A shape with one axis of a power of two, and that axis. */
export const transformShape = fc
  .tuple(
    fc.array(fc.integer({min: 0, max: 4}), {maxLength: 2}),
    fc.oneof(
      {weight: 8, arbitrary: fc.integer({min: 0, max: 8})},
      {weight: 1, arbitrary: fc.integer({min: 9, max: 13})},
    ),
    fc.array(fc.integer({min: 0, max: 5}), {maxLength: 1}),
    fc.boolean(),
  )
  .map(([outer, bits, inner, fromEnd]) => {
    const others =
      bits > 10 ? [outer.slice(0, 1).map((n) => Math.min(n, 1)), inner.map((n) => Math.min(n, 2))] : [outer, inner];
    const shape = [...others[0], 2 ** bits, ...others[1]];
    const axis = others[0].length;
    return {shape, axis: fromEnd ? axis - shape.length : axis};
  });
