/** The smallest levels: those inside of vectors, and those inside of blocks of eight vectors. */

/** The level of distance 2 inside of a vector: it and its swapped halves. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function halves(v: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(v, v, 2, 3, 0, 1), v128.xor(v, i32x4(0, 0, 0x80000000, 0x80000000)));
}

/** The level of distance 1: it and its swapped neighbours. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function neighbours(v: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(v, v, 1, 0, 3, 2), v128.xor(v, i32x4(0, 0x80000000, 0, 0x80000000)));
}

/**
 * The levels of distance 1 and 2, from x to y. x is multiplied by a scale, and by a diagonal of `row` bytes, which repeats,
 * if it is not 0.
 */
export function vectors(x: usize, y: usize, size: usize, row: usize, scale: f32, diagonal: usize): void {
  const scales = f32x4.splat(scale);
  for (let i: usize = 0; i < size; i += 16) {
    let v = f32x4.mul(v128.load(x + i), scales);
    if (diagonal) v = f32x4.mul(v, v128.load(diagonal + (i & (row - 1))));
    v128.store(y + i, neighbours(halves(v)));
  }
}

/** Like `vectors`, the levels of distance 1 to 16. */
export function blocks(x: usize, y: usize, size: usize, row: usize, scale: f32, diagonal: usize): void {
  const scales = f32x4.splat(scale);
  for (let i: usize = 0; i < size; i += 128, x += 128, y += 128) {
    let x0 = f32x4.mul(v128.load(x), scales);
    let x1 = f32x4.mul(v128.load(x, 16), scales);
    let x2 = f32x4.mul(v128.load(x, 32), scales);
    let x3 = f32x4.mul(v128.load(x, 48), scales);
    let x4 = f32x4.mul(v128.load(x, 64), scales);
    let x5 = f32x4.mul(v128.load(x, 80), scales);
    let x6 = f32x4.mul(v128.load(x, 96), scales);
    let x7 = f32x4.mul(v128.load(x, 112), scales);
    if (diagonal) {
      const d = diagonal + (i & (row - 1));
      x0 = f32x4.mul(x0, v128.load(d));
      x1 = f32x4.mul(x1, v128.load(d, 16));
      x2 = f32x4.mul(x2, v128.load(d, 32));
      x3 = f32x4.mul(x3, v128.load(d, 48));
      x4 = f32x4.mul(x4, v128.load(d, 64));
      x5 = f32x4.mul(x5, v128.load(d, 80));
      x6 = f32x4.mul(x6, v128.load(d, 96));
      x7 = f32x4.mul(x7, v128.load(d, 112));
    }
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
    v128.store(y, neighbours(halves(f32x4.add(b0, b4))));
    v128.store(y, neighbours(halves(f32x4.add(b1, b5))), 16);
    v128.store(y, neighbours(halves(f32x4.add(b2, b6))), 32);
    v128.store(y, neighbours(halves(f32x4.add(b3, b7))), 48);
    v128.store(y, neighbours(halves(f32x4.sub(b0, b4))), 64);
    v128.store(y, neighbours(halves(f32x4.sub(b1, b5))), 80);
    v128.store(y, neighbours(halves(f32x4.sub(b2, b6))), 96);
    v128.store(y, neighbours(halves(f32x4.sub(b3, b7))), 112);
  }
}
