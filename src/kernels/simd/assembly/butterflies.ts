/**
 * Butterflies of 2, 4 and 8 values at distance h (bytes), from x to y, which may be x. An address is the one before it plus
 * h: multiples of h would take the registers of addresses. The results are multiplied by `scale` if `scaled`, which is known
 * when it is compiled. Eight values may go to another distance, `toH`.
 */

import {add, mul, sub} from './lanes';

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function times<T>(scaled: bool, v: T, scale: T): T {
  return scaled ? mul<T>(v, scale) : v;
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function butterfly2<T>(scaled: bool, x: usize, y: usize, h: usize, scale: T): void {
  const x0 = load<T>(x);
  const x1 = load<T>((x += h));
  store<T>(y, times<T>(scaled, add<T>(x0, x1), scale));
  store<T>((y += h), times<T>(scaled, sub<T>(x0, x1), scale));
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function butterfly4<T>(scaled: bool, x: usize, y: usize, h: usize, scale: T): void {
  const x0 = load<T>(x);
  const x1 = load<T>((x += h));
  const x2 = load<T>((x += h));
  const x3 = load<T>((x += h));
  const a0 = add<T>(x0, x1);
  const a1 = sub<T>(x0, x1);
  const a2 = add<T>(x2, x3);
  const a3 = sub<T>(x2, x3);
  store<T>(y, times<T>(scaled, add<T>(a0, a2), scale));
  store<T>((y += h), times<T>(scaled, add<T>(a1, a3), scale));
  store<T>((y += h), times<T>(scaled, sub<T>(a0, a2), scale));
  store<T>((y += h), times<T>(scaled, sub<T>(a1, a3), scale));
}

// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
export function butterfly8<T>(scaled: bool, x: usize, h: usize, y: usize, toH: usize, scale: T): void {
  const x0 = load<T>(x);
  const x1 = load<T>((x += h));
  const x2 = load<T>((x += h));
  const x3 = load<T>((x += h));
  const x4 = load<T>((x += h));
  const x5 = load<T>((x += h));
  const x6 = load<T>((x += h));
  const x7 = load<T>((x += h));
  const a0 = add<T>(x0, x1);
  const a1 = sub<T>(x0, x1);
  const a2 = add<T>(x2, x3);
  const a3 = sub<T>(x2, x3);
  const a4 = add<T>(x4, x5);
  const a5 = sub<T>(x4, x5);
  const a6 = add<T>(x6, x7);
  const a7 = sub<T>(x6, x7);
  const b0 = add<T>(a0, a2);
  const b2 = sub<T>(a0, a2);
  const b1 = add<T>(a1, a3);
  const b3 = sub<T>(a1, a3);
  const b4 = add<T>(a4, a6);
  const b6 = sub<T>(a4, a6);
  const b5 = add<T>(a5, a7);
  const b7 = sub<T>(a5, a7);
  store<T>(y, times<T>(scaled, add<T>(b0, b4), scale));
  store<T>((y += toH), times<T>(scaled, add<T>(b1, b5), scale));
  store<T>((y += toH), times<T>(scaled, add<T>(b2, b6), scale));
  store<T>((y += toH), times<T>(scaled, add<T>(b3, b7), scale));
  store<T>((y += toH), times<T>(scaled, sub<T>(b0, b4), scale));
  store<T>((y += toH), times<T>(scaled, sub<T>(b1, b5), scale));
  store<T>((y += toH), times<T>(scaled, sub<T>(b2, b6), scale));
  store<T>((y += toH), times<T>(scaled, sub<T>(b3, b7), scale));
}
