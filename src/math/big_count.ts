/** Counting with integers of any size. */

/** A whole number as JSON takes it: a number where that is exact, else its decimal digits. */
export type WholeNumber = number | string;

export function wholeNumber(count: bigint): WholeNumber {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : count.toString();
}

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

/** j -> the sum over all choices of j different k_i of their products: C(n, j) if all k_i are 1. */
export function chooseTable(k: readonly number[]): (j: number) => bigint {
  const sizes = new Map<number, number>();
  for (const size of k) if (size > 0) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  const groups = [...sizes].map(([size, n]) => powers(BigInt(size), n));
  const known: bigint[] = [];
  const choose = (j: number, group: number): bigint => {
    if (group === groups.length) return j === 0 ? 1n : 0n;
    if (group === groups.length - 1) return groups[group](j);
    let total = 0n;
    for (let i = 0; i <= j; i++) total += groups[group](i) * choose(j - i, group + 1);
    return total;
  };
  return (j) => {
    known[j] ??= choose(j, 0);
    return known[j];
  };
}

/** j -> C(n, j) size^j, from the ones before. */
function powers(size: bigint, n: number): (j: number) => bigint {
  const known = [1n];
  return (j) => {
    for (let i = known.length; i <= j; i++) known.push((known[i - 1] * size * BigInt(n - i + 1)) / BigInt(i));
    return known[j];
  };
}
