/** All ways to choose k of the numbers 0 .. n-1, in increasing order; the array is the same one each time. */
export function* combinations(n: number, k: number): Iterable<readonly number[]> {
  if (k > n) return;
  const chosen = Array.from({length: k}, (_, i) => i);
  for (;;) {
    yield chosen;
    let i = k - 1;
    while (i >= 0 && chosen[i] === n - k + i) i--;
    if (i < 0) return;
    chosen[i]++;
    for (let j = i + 1; j < k; j++) chosen[j] = chosen[j - 1] + 1;
  }
}

/** How many there are; Infinity beyond the largest number. */
export function countCombinations(n: number, k: number): number {
  let count = k <= n ? 1 : 0;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return Math.round(count);
}
