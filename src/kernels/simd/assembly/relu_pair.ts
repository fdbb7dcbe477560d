/** y = x * (x < 0 ? negative : positive) for x [outer, units, inner], one pair of slopes per unit. */

import {bySign, mul, splat} from './lanes';

export function reluPair(
  x: usize,
  y: usize,
  outer: usize,
  units: usize,
  inner: usize,
  negative: usize,
  positive: usize,
): void {
  if (units == 1) {
    inner *= outer;
    outer = 1;
  }
  if (inner == 1) {
    const row: usize = 4 * units;
    for (let o: usize = 0; o < outer; o++, x += row, y += row) {
      let i: usize = 0;
      for (const end = row & ~15; i < end; i += 16) {
        apply<v128>(x + i, y + i, v128.load(negative + i), v128.load(positive + i));
      }
      for (; i < row; i += 4) apply<f32>(x + i, y + i, load<f32>(negative + i), load<f32>(positive + i));
    }
  } else {
    const run: usize = 4 * inner;
    for (let o: usize = 0; o < outer; o++) {
      for (let u: usize = 0; u < units * 4; u += 4, x += run, y += run) {
        const below = load<f32>(negative + u);
        const above = load<f32>(positive + u);
        const belows = splat<v128>(below);
        const aboves = splat<v128>(above);
        let i: usize = 0;
        for (const end = run & ~15; i < end; i += 16) apply<v128>(x + i, y + i, belows, aboves);
        for (; i < run; i += 4) apply<f32>(x + i, y + i, below, above);
      }
    }
  }
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function apply<T>(x: usize, y: usize, below: T, above: T): void {
  const v = load<T>(x);
  store<T>(y, mul<T>(v, bySign<T>(v, below, above)));
}
