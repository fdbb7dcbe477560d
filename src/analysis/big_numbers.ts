/** Counting with integers of any size. */

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

export function log10(count: bigint): number {
  const digits = count.toString();
  const lead = digits.slice(0, 16);
  return Math.log10(Number(lead)) + digits.length - lead.length;
}
