/** The levels above those of a block, where they are the last. */

import {sloped} from './lanes';

/**
 * The levels of distance 128, 256 and 512, in place. What comes out is multiplied by `below` where it is negative, by
 * `above` elsewhere: two vectors of a row of `row` bytes, which repeat. They may be one and the same. The products go to y,
 * which may be z.
 *
 * The butterfly is written out, as in `blocks`: an inlined function can not return eight values, and distances that are
 * known when it is compiled cost no instruction.
 */
export function octets(z: usize, y: usize, size: usize, row: usize, below: usize, above: usize): void {
  for (let i: usize = 0; i < size; i += 1024, z += 896, y += 896) {
    const at = i & (row - 1);
    let b = below + at;
    let a = above + at;
    for (const end = z + 128; z < end; z += 16, y += 16, b += 16, a += 16) {
      const x0 = v128.load(z);
      const x1 = v128.load(z, 128);
      const x2 = v128.load(z, 256);
      const x3 = v128.load(z, 384);
      const x4 = v128.load(z, 512);
      const x5 = v128.load(z, 640);
      const x6 = v128.load(z, 768);
      const x7 = v128.load(z, 896);
      const a0 = f32x4.add(x0, x1);
      const a1 = f32x4.sub(x0, x1);
      const a2 = f32x4.add(x2, x3);
      const a3 = f32x4.sub(x2, x3);
      const a4 = f32x4.add(x4, x5);
      const a5 = f32x4.sub(x4, x5);
      const a6 = f32x4.add(x6, x7);
      const a7 = f32x4.sub(x6, x7);
      const b0 = f32x4.add(a0, a2);
      const b2 = f32x4.sub(a0, a2);
      const b1 = f32x4.add(a1, a3);
      const b3 = f32x4.sub(a1, a3);
      const b4 = f32x4.add(a4, a6);
      const b6 = f32x4.sub(a4, a6);
      const b5 = f32x4.add(a5, a7);
      const b7 = f32x4.sub(a5, a7);
      const c0 = f32x4.add(b0, b4);
      const c1 = f32x4.add(b1, b5);
      const c2 = f32x4.add(b2, b6);
      const c3 = f32x4.add(b3, b7);
      const c4 = f32x4.sub(b0, b4);
      const c5 = f32x4.sub(b1, b5);
      const c6 = f32x4.sub(b2, b6);
      const c7 = f32x4.sub(b3, b7);
      if (z != y) {
        v128.store(z, c0);
        v128.store(z, c1, 128);
        v128.store(z, c2, 256);
        v128.store(z, c3, 384);
        v128.store(z, c4, 512);
        v128.store(z, c5, 640);
        v128.store(z, c6, 768);
        v128.store(z, c7, 896);
      }
      if (below == above) {
        v128.store(y, f32x4.mul(c0, v128.load(b)));
        v128.store(y, f32x4.mul(c1, v128.load(b, 128)), 128);
        v128.store(y, f32x4.mul(c2, v128.load(b, 256)), 256);
        v128.store(y, f32x4.mul(c3, v128.load(b, 384)), 384);
        v128.store(y, f32x4.mul(c4, v128.load(b, 512)), 512);
        v128.store(y, f32x4.mul(c5, v128.load(b, 640)), 640);
        v128.store(y, f32x4.mul(c6, v128.load(b, 768)), 768);
        v128.store(y, f32x4.mul(c7, v128.load(b, 896)), 896);
      } else {
        v128.store(y, sloped(c0, c0, v128.load(b), v128.load(a)));
        v128.store(y, sloped(c1, c1, v128.load(b, 128), v128.load(a, 128)), 128);
        v128.store(y, sloped(c2, c2, v128.load(b, 256), v128.load(a, 256)), 256);
        v128.store(y, sloped(c3, c3, v128.load(b, 384), v128.load(a, 384)), 384);
        v128.store(y, sloped(c4, c4, v128.load(b, 512), v128.load(a, 512)), 512);
        v128.store(y, sloped(c5, c5, v128.load(b, 640), v128.load(a, 640)), 640);
        v128.store(y, sloped(c6, c6, v128.load(b, 768), v128.load(a, 768)), 768);
        v128.store(y, sloped(c7, c7, v128.load(b, 896), v128.load(a, 896)), 896);
      }
    }
  }
}
