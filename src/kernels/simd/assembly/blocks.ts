/** The levels inside of vectors. */

import {bySign} from './lanes';

/** The level of distance 2 inside of a vector: it and its swapped halves. */
// @ts-ignore: decorator
@inline
function halves(v: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(v, v, 2, 3, 0, 1), v128.xor(v, i32x4(0, 0, 0x80000000, 0x80000000)));
}

/** The level of distance 1: it and its swapped neighbours. */
// @ts-ignore: decorator
@inline
function neighbours(v: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(v, v, 1, 0, 3, 2), v128.xor(v, i32x4(0, 0x80000000, 0, 0x80000000)));
}

/** The levels of distance 1 and 2, in place. */
export function vectors(y: usize, size: usize): void {
  for (const end = y + size; y < end; y += 16) v128.store(y, neighbours(halves(v128.load(y))));
}

/** v times the slope for its sign: at b below 0, else at a. */
// @ts-ignore: decorator
@inline
function sloped(v: v128, b: usize, a: usize): v128 {
  return f32x4.mul(v, bySign<v128>(v, v128.load(b), v128.load(a)));
}

/**
 * The levels of distance 1 to 16, in place. What comes out is multiplied by `below` where it is negative, by `above`
 * elsewhere: two vectors of a row of `row` bytes, which repeat. They may be one and the same, or 0 for none.
 */
export function blocks(y: usize, size: usize, row: usize, below: usize, above: usize): void {
  for (let i: usize = 0; i < size; i += 128, y += 128) {
    const x0 = v128.load(y);
    const x1 = v128.load(y, 16);
    const x2 = v128.load(y, 32);
    const x3 = v128.load(y, 48);
    const x4 = v128.load(y, 64);
    const x5 = v128.load(y, 80);
    const x6 = v128.load(y, 96);
    const x7 = v128.load(y, 112);
    const a0 = f32x4.add(x0, x1);
    const a1 = f32x4.sub(x0, x1);
    const a2 = f32x4.add(x2, x3);
    const a3 = f32x4.sub(x2, x3);
    const a4 = f32x4.add(x4, x5);
    const a5 = f32x4.sub(x4, x5);
    const a6 = f32x4.add(x6, x7);
    const a7 = f32x4.sub(x6, x7);
    const b0 = f32x4.add(a0, a2);
    const b1 = f32x4.add(a1, a3);
    const b2 = f32x4.sub(a0, a2);
    const b3 = f32x4.sub(a1, a3);
    const b4 = f32x4.add(a4, a6);
    const b5 = f32x4.add(a5, a7);
    const b6 = f32x4.sub(a4, a6);
    const b7 = f32x4.sub(a5, a7);
    const c0 = neighbours(halves(f32x4.add(b0, b4)));
    const c1 = neighbours(halves(f32x4.add(b1, b5)));
    const c2 = neighbours(halves(f32x4.add(b2, b6)));
    const c3 = neighbours(halves(f32x4.add(b3, b7)));
    const c4 = neighbours(halves(f32x4.sub(b0, b4)));
    const c5 = neighbours(halves(f32x4.sub(b1, b5)));
    const c6 = neighbours(halves(f32x4.sub(b2, b6)));
    const c7 = neighbours(halves(f32x4.sub(b3, b7)));
    if (!below) {
      v128.store(y, c0);
      v128.store(y, c1, 16);
      v128.store(y, c2, 32);
      v128.store(y, c3, 48);
      v128.store(y, c4, 64);
      v128.store(y, c5, 80);
      v128.store(y, c6, 96);
      v128.store(y, c7, 112);
    } else if (below == above) {
      const d = below + (i & (row - 1));
      v128.store(y, f32x4.mul(c0, v128.load(d)));
      v128.store(y, f32x4.mul(c1, v128.load(d, 16)), 16);
      v128.store(y, f32x4.mul(c2, v128.load(d, 32)), 32);
      v128.store(y, f32x4.mul(c3, v128.load(d, 48)), 48);
      v128.store(y, f32x4.mul(c4, v128.load(d, 64)), 64);
      v128.store(y, f32x4.mul(c5, v128.load(d, 80)), 80);
      v128.store(y, f32x4.mul(c6, v128.load(d, 96)), 96);
      v128.store(y, f32x4.mul(c7, v128.load(d, 112)), 112);
    } else {
      const b = below + (i & (row - 1));
      const a = above + (i & (row - 1));
      v128.store(y, sloped(c0, b, a));
      v128.store(y, sloped(c1, b + 16, a + 16), 16);
      v128.store(y, sloped(c2, b + 32, a + 32), 32);
      v128.store(y, sloped(c3, b + 48, a + 48), 48);
      v128.store(y, sloped(c4, b + 64, a + 64), 64);
      v128.store(y, sloped(c5, b + 80, a + 80), 80);
      v128.store(y, sloped(c6, b + 96, a + 96), 96);
      v128.store(y, sloped(c7, b + 112, a + 112), 112);
    }
  }
}
