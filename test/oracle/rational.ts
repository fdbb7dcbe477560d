/** Exact numbers: a double is an integer times a power of two. */

/** Numerator and denominator, the latter above 0. */
export type Rational = readonly [n: bigint, d: bigint];

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** A finite double, exactly. */
export function rational(x: number): Rational {
  if (Number.isSafeInteger(x)) return [BigInt(x), 1n];
  if (!Number.isFinite(x)) throw new Error(`${x} is no number`);
  double[0] = Math.abs(x);
  const exponent = Math.max(1, words[1] >>> 20) - 1075;
  let digits = double[0] / 2 ** exponent; // an integer below 2^53
  let down = exponent;
  if (exponent < -1000) digits = (double[0] * 2 ** 600) / 2 ** (exponent + 600); // 2^exponent alone is 0
  while (down < 0 && digits % 4096 === 0) [digits, down] = [digits / 4096, down + 12];
  while (down < 0 && digits % 2 === 0) [digits, down] = [digits / 2, down + 1];
  const n = BigInt(x < 0 ? -digits : digits);
  return down < 0 ? [n, 1n << BigInt(-down)] : [n << BigInt(down), 1n];
}

export const ZERO: Rational = [0n, 1n];
export const ONE: Rational = [1n, 1n];
export const plus = ([a, b]: Rational, [c, d]: Rational): Rational => (b === d ? [a + c, b] : [a * d + c * b, b * d]);
export const minus = (x: Rational, [c, d]: Rational): Rational => plus(x, [-c, d]);
export const times = ([a, b]: Rational, [c, d]: Rational): Rational => [a * c, b * d];
export const over = ([a, b]: Rational, [c, d]: Rational): Rational => (c < 0n ? [-a * d, -b * c] : [a * d, b * c]);
export const signOf = (x: bigint): number => (x > 0n ? 1 : x < 0n ? -1 : 0);
export const compare = ([a, b]: Rational, [c, d]: Rational): number => signOf(a * d - c * b);

/** The least common multiple of denominators; quick for powers of two. */
export function commonMultiple(a: bigint, b: bigint): bigint {
  if (a % b === 0n) return a;
  if (b % a === 0n) return b;
  let [x, y] = [a, b];
  while (y > 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Numbers as integers over one denominator. */
export function overOne(numbers: readonly Rational[]): {integers: bigint[]; scale: bigint} {
  let scale = 1n;
  for (const [, d] of numbers) if (d !== scale && scale % d !== 0n) scale = commonMultiple(scale, d);
  return {integers: numbers.map(([n, d]) => (d === scale ? n : n * (scale / d))), scale};
}

/** n / d as a double, correct to 60 bits; also of numbers that no double holds. */
export function ratio(n: bigint, d: bigint): number {
  if (n === 0n) return 0;
  const size = (x: bigint) => (x < 0n ? -x : x).toString(16).length * 4;
  const shift = size(d) - size(n) + 64;
  const quotient = shift >= 0 ? (n << BigInt(shift)) / d : n / (d << BigInt(-shift));
  return Number(quotient) * 2 ** -Math.trunc(shift / 2) * 2 ** -(shift - Math.trunc(shift / 2));
}
