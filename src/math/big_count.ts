/** n! exactly. */
export function factorial(n: number): bigint {
  return product(2, n);
}

/** from * ... * to; halves keep the factors of equal length, which is faster than one by one. */
function product(from: number, to: number): bigint {
  if (from > to) return 1n;
  if (to - from < 8) {
    let result = 1n;
    for (let i = from; i <= to; i++) result *= BigInt(i);
    return result;
  }
  const middle = (from + to) >> 1;
  return product(from, middle) * product(middle + 1, to);
}

/** log10 of an integer >= 1 of any length, from its leading 64 bits. */
export function log10Of(count: bigint): number {
  const bits = 4 * count.toString(16).length;
  const shift = Math.max(0, bits - 64);
  return Math.log10(Number(count >> BigInt(shift))) + shift * Math.log10(2);
}

/** p / q to the last bit of a double, for integers of any length. */
export function ratioOf(p: bigint, q: bigint): number {
  if (p === 0n) return 0;
  const bits = 4 * (p.toString(16).length - q.toString(16).length);
  const shift = 64 - bits;
  const scaled = shift >= 0 ? (p << BigInt(shift)) / q : p / (q << BigInt(-shift));
  return Number(scaled) * 2 ** -shift;
}
