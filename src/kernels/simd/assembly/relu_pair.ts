/** y = g * (x < 0 ? negative : positive) for x [outer, units, inner], one pair of slopes per unit: a ReLU pair where g is x. */

import {bySign, mul, sloped, splat} from './lanes';

export function reluPair(
  x: usize,
  g: usize,
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
    if ((row & 63) == 0) {
      for (const end = x + outer * row; x < end; ) {
        let below = negative;
        let above = positive;
        for (const last = x + row; x < last; x += 64, g += 64, y += 64, below += 64, above += 64) {
          v128.store(y, sloped(v128.load(g), v128.load(x), v128.load(below), v128.load(above)));
          v128.store(y, sloped(v128.load(g, 16), v128.load(x, 16), v128.load(below, 16), v128.load(above, 16)), 16);
          v128.store(y, sloped(v128.load(g, 32), v128.load(x, 32), v128.load(below, 32), v128.load(above, 32)), 32);
          v128.store(y, sloped(v128.load(g, 48), v128.load(x, 48), v128.load(below, 48), v128.load(above, 48)), 48);
        }
      }
      return;
    }
    for (let o: usize = 0; o < outer; o++, x += row, g += row, y += row) {
      let i: usize = 0;
      for (const end = row & ~15; i < end; i += 16) {
        apply<v128>(x + i, g + i, y + i, v128.load(negative + i), v128.load(positive + i));
      }
      for (; i < row; i += 4) apply<f32>(x + i, g + i, y + i, load<f32>(negative + i), load<f32>(positive + i));
    }
  } else {
    const run: usize = 4 * inner;
    for (let o: usize = 0; o < outer; o++) {
      for (let u: usize = 0; u < units * 4; u += 4, x += run, g += run, y += run) {
        const below = load<f32>(negative + u);
        const above = load<f32>(positive + u);
        const belows = splat<v128>(below);
        const aboves = splat<v128>(above);
        let i: usize = 0;
        for (const end = run & ~15; i < end; i += 16) apply<v128>(x + i, g + i, y + i, belows, aboves);
        for (; i < run; i += 4) apply<f32>(x + i, g + i, y + i, below, above);
      }
    }
  }
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function apply<T>(x: usize, g: usize, y: usize, below: T, above: T): void {
  store<T>(y, mul<T>(load<T>(g), bySign<T>(load<T>(x), below, above)));
}
