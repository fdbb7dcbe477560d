export interface Minimum {
  at: number;
  value: number;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The least value of a function on [low, high]: the best of a grid, then golden sections around it. */
export function minimize(
  f: (x: number) => number,
  low: number,
  high: number,
  gridSteps: number,
  precision: number,
): Minimum {
  const at = (i: number) => low + ((high - low) * i) / gridSteps;
  let best = 0;
  let least = Infinity;
  for (let i = 0; i <= gridSteps; i++) {
    const value = f(at(i));
    if (value < least) [best, least] = [i, value];
  }
  let [a, b] = [at(Math.max(0, best - 1)), at(Math.min(gridSteps, best + 1))];
  let [c, d] = [b - GOLDEN * (b - a), a + GOLDEN * (b - a)];
  let [left, right] = [f(c), f(d)];
  while (b - a > precision) {
    if (left < right) {
      [b, d, right] = [d, c, left];
      c = b - GOLDEN * (b - a);
      left = f(c);
    } else {
      [a, c, left] = [c, d, right];
      d = a + GOLDEN * (b - a);
      right = f(d);
    }
  }
  const inner = left < right ? {at: c, value: left} : {at: d, value: right};
  return least < inner.value ? {at: at(best), value: least} : inner;
}
