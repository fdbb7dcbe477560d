/** Doubles as whole numbers times a power of 2, for arithmetic without any rounding. */

const bits = new DataView(new ArrayBuffer(8));

/** x = digits * 2^exponent, of an odd or no number of digits. */
export function digitsOf(x: number): [digits: bigint, exponent: number] {
  if (x === 0) return [0n, 0];
  bits.setFloat64(0, x);
  const all = bits.getBigUint64(0);
  const field = Number((all >> 52n) & 0x7ffn);
  let digits = (all & 0xfffffffffffffn) | (field === 0 ? 0n : 1n << 52n);
  let exponent = Math.max(field, 1) - 1075;
  while ((digits & 1n) === 0n) {
    digits >>= 1n;
    exponent++;
  }
  return [x < 0 ? -digits : digits, exponent];
}

/** The largest exponent with which all numbers are whole; 0 if all are 0. */
export function commonExponent(numbers: Iterable<number>): number {
  let least = Infinity;
  for (const x of numbers) if (x !== 0) least = Math.min(least, digitsOf(x)[1]);
  return least === Infinity ? 0 : least;
}

/** x / 2^exponent, for an exponent that is not above that of x. */
export function wholeAt(x: number, exponent: number): bigint {
  const [digits, own] = digitsOf(x);
  return digits === 0n ? 0n : digits << BigInt(own - exponent);
}

/** numerator / denominator * 2^exponent as a double, to within two units in the last place. */
export function doubleOf(numerator: bigint, denominator: bigint, exponent: number): number {
  if (numerator === 0n) return 0;
  const size = (n: bigint) => n.toString(16).length * 4;
  const positive = denominator < 0n ? -denominator : denominator;
  const top = denominator < 0n ? -numerator : numerator;
  const shift = 70 - (size(top < 0n ? -top : top) - size(positive));
  const quotient = shift >= 0 ? (top << BigInt(shift)) / positive : top / (positive << BigInt(-shift));
  const scale = exponent - shift;
  const half = Math.trunc(scale / 2);
  return Number(quotient) * 2 ** half * 2 ** (scale - half);
}
