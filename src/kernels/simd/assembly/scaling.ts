/** Multiplication by a scale and a diagonal, where no pass does it. */

/** An array [n, inner]: `inner` (bytes) neighbours share one element of the diagonal, 1 if it is 0. */
export function scaleGroups(x: usize, y: usize, n: usize, inner: usize, scale: f32, diagonal: usize): void {
  for (let c: usize = 0; c < n; c++) {
    const factor: f32 = diagonal ? scale * load<f32>(diagonal + 4 * c) : scale;
    const factors = f32x4.splat(factor);
    let i: usize = 0;
    for (const end = inner & ~15; i < end; i += 16) v128.store(y + i, f32x4.mul(v128.load(x + i), factors));
    for (; i < inner; i += 4) store<f32>(y + i, load<f32>(x + i) * factor);
    x += inner;
    y += inner;
  }
}
