/** Arithmetic of one value, or of four side by side: the loops are written once for T = v128 and T = f32. */

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function add<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.add(a, b) as T;
  return (a + b) as T;
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function sub<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.sub(a, b) as T;
  return (a - b) as T;
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function mul<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.mul(a, b) as T;
  return (a * b) as T;
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function div<T>(a: T, b: T): T {
  if (isVector<T>()) return f32x4.div(a, b) as T;
  return (a / b) as T;
}

/** The square root. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function root<T>(a: T): T {
  if (isVector<T>()) return f32x4.sqrt(a) as T;
  return sqrt<f32>(a) as T;
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function splat<T>(a: f32): T {
  if (isVector<T>()) return f32x4.splat(a) as T;
  return a as T;
}

/** Where x < 0, `below`, else `above`: a NaN is not below. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function bySign<T>(x: T, below: T, above: T): T {
  if (isVector<T>()) return v128.bitselect(below, above, f32x4.lt(x, f32x4.splat(0))) as T;
  return x < 0 ? below : above;
}

/** g times the slope for the sign of x. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function sloped(g: v128, x: v128, below: v128, above: v128): v128 {
  return f32x4.mul(g, bySign<v128>(x, below, above));
}

/** The sums at `sum`, doubles, grow by the values of v. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function accumulate<T>(sum: usize, v: T): void {
  if (isVector<T>()) {
    const high = v128.shuffle<f32>(v, v, 2, 3, 2, 3);
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(v)));
    v128.store(sum, f64x2.add(v128.load(sum, 16), f64x2.promote_low_f32x4(high)), 16);
  } else store<f64>(sum, load<f64>(sum) + <f64>v);
}

/** Zeros where there is nothing, address 0. */
export function copy(from: usize, to: usize, size: usize): void {
  let i: usize = 0;
  for (const end = size & ~15; i < end; i += 16) v128.store(to + i, from ? v128.load(from + i) : f32x4.splat(0));
  for (; i < size; i += 4) store<f32>(to + i, from ? load<f32>(from + i) : 0);
}

/** Whole vectors: up to the next multiple of 16. */
export function clear(start: usize, size: usize): void {
  for (const end = start + size; start < end; start += 16) v128.store(start, f32x4.splat(0));
}
