/**
 * One tap of a filter at `count` pixels: x every `step` bytes, y pixel after pixel; `pixel` and `outPixel` are their bytes.
 * Sums of a run stay in registers.
 */

/** w[channel, outChannel] += x[channel] y[outChannel], summed over the run: tiles of 4 x 8, then what is left. */
export function filter(x: usize, step: usize, y: usize, count: i32, w: usize, pixel: usize, outPixel: usize): void {
  let c: usize = 0;
  for (; c + 16 <= pixel; c += 16) {
    let k: usize = 0;
    for (; k + 32 <= outPixel; k += 32) tile(x + c, step, y + k, count, w + (c >> 2) * outPixel + k, outPixel);
    for (let r: usize = 0; r < 16; r += 4) channel(x + c + r, step, y, k, count, w + ((c + r) >> 2) * outPixel, outPixel);
  }
  for (; c < pixel; c += 4) channel(x + c, step, y, 0, count, w + (c >> 2) * outPixel, outPixel);
}

function tile(x: usize, step: usize, y: usize, count: i32, w: usize, outPixel: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (let i: i32 = 0; i < count; i++, x += step, y += outPixel) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const a = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(a, y0));
    a1 = f32x4.add(a1, f32x4.mul(a, y1));
    const b = v128.load32_splat(x, 4);
    b0 = f32x4.add(b0, f32x4.mul(b, y0));
    b1 = f32x4.add(b1, f32x4.mul(b, y1));
    const c = v128.load32_splat(x, 8);
    c0 = f32x4.add(c0, f32x4.mul(c, y0));
    c1 = f32x4.add(c1, f32x4.mul(c, y1));
    const d = v128.load32_splat(x, 12);
    d0 = f32x4.add(d0, f32x4.mul(d, y0));
    d1 = f32x4.add(d1, f32x4.mul(d, y1));
  }
  grow(w, a0, a1);
  grow(w + outPixel, b0, b1);
  grow(w + 2 * outPixel, c0, c1);
  grow(w + 3 * outPixel, d0, d1);
}

/** One channel of x with those of y from byte `k` on. */
function channel(x: usize, step: usize, y: usize, k: usize, count: i32, w: usize, outPixel: usize): void {
  for (; k + 32 <= outPixel; k += 32) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    for (let i: i32 = 0, p = x, q = y + k; i < count; i++, p += step, q += outPixel) {
      const a = v128.load32_splat(p);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(q)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(q, 16)));
    }
    grow(w + k, s0, s1);
  }
  for (; k < outPixel; k += 4) single(x, step, y + k, count, w + k, outPixel);
}

/** w[channel, m] += x[channel] y[channel, m]: with one m for each channel, eight of them at a time. */
export function depthwiseFilter(
  x: usize,
  step: usize,
  y: usize,
  count: i32,
  w: usize,
  pixel: usize,
  outPixel: usize,
): void {
  let k: usize = 0;
  if (pixel == outPixel) {
    for (; k + 32 <= pixel; k += 32) {
      let s0 = f32x4.splat(0);
      let s1 = s0;
      for (let i: i32 = 0, p = x + k, q = y + k; i < count; i++, p += step, q += outPixel) {
        s0 = f32x4.add(s0, f32x4.mul(v128.load(p), v128.load(q)));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(p, 16), v128.load(q, 16)));
      }
      grow(w + k, s0, s1);
    }
  }
  const multiplier = outPixel / pixel;
  for (; k < outPixel; k += 4) single(x + ((k / multiplier) & ~3), step, y + k, count, w + k, outPixel);
}

/** x[channel] += the sum over m of y[channel, m] w[channel, m]. */
export function depthwiseInput(
  x: usize,
  step: usize,
  y: usize,
  count: i32,
  w: usize,
  pixel: usize,
  outPixel: usize,
): void {
  let k: usize = 0;
  if (pixel == outPixel) {
    for (; k + 32 <= pixel; k += 32) {
      const w0 = v128.load(w + k);
      const w1 = v128.load(w + k, 16);
      for (let i: i32 = 0, p = x + k, q = y + k; i < count; i++, p += step, q += outPixel) {
        grow(p, f32x4.mul(v128.load(q), w0), f32x4.mul(v128.load(q, 16), w1));
      }
    }
  }
  const multiplier = outPixel / pixel;
  for (; k < outPixel; k += 4) {
    const factor = load<f32>(w + k);
    for (let i: i32 = 0, p = x + ((k / multiplier) & ~3), q = y + k; i < count; i++, p += step, q += outPixel) {
      store<f32>(p, load<f32>(p) + load<f32>(q) * factor);
    }
  }
}

function single(x: usize, step: usize, y: usize, count: i32, w: usize, outPixel: usize): void {
  let sum: f32 = 0;
  for (let i: i32 = 0; i < count; i++, x += step, y += outPixel) sum += load<f32>(x) * load<f32>(y);
  store<f32>(w, load<f32>(w) + sum);
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function grow(at: usize, v0: v128, v1: v128): void {
  v128.store(at, f32x4.add(v128.load(at), v0));
  v128.store(at, f32x4.add(v128.load(at, 16), v1), 16);
}
