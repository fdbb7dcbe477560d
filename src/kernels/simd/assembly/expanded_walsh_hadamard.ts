/** As `walshHadamard`, of x that has `units` along the axis: see expansion.ts. */

import {expand} from './expansion';
import {longRows} from './long_rows';
import {CACHE} from './rows';
import {LONG, walshHadamard} from './walsh_hadamard';

export function expandedWalshHadamard(
  x: usize,
  z: usize,
  y: usize,
  outer: usize,
  n: usize,
  inner: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
  units: usize,
  tiled: bool,
  offset: usize,
  moved: usize,
): void {
  if (units == n && !moved) {
    walshHadamard(x, z, y, outer, n, inner, scale, before, below, above);
    return;
  }
  const size: usize = 4 * n * inner;
  const from: usize = 4 * units * inner;
  if (inner == 1 && size > LONG) {
    longRows(x, z, y, outer, size, scale, before, below, above, from, tiled, offset, moved);
    return;
  }
  const chunk = max(1, CACHE / max(1, size));
  for (let o: usize = 0; o < outer; o += chunk) {
    const count = min(chunk, outer - o);
    for (let r: usize = 0; r < count; r++, x += from) {
      expand(x, z + r * size, 0, size, from, tiled, inner, offset, moved);
    }
    walshHadamard(z, z, y, count, n, inner, scale, before, below, above);
    z += count * size;
    y += count * size;
  }
}
