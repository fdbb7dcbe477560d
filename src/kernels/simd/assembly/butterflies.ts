/** Butterflies of 2, 4 and 8 values at distance h (bytes), from x to y, which may be x. */

import {Factor, read} from './factor';
import {add, sub} from './lanes';

// @ts-ignore: decorator
@inline
export function butterfly2<T>(factor: Factor, x: usize, y: usize, h: usize, scale: T, d: usize): void {
  const x0 = read<T>(factor, x, scale, d);
  const x1 = read<T>(factor, x + h, scale, d + h);
  store<T>(y, add<T>(x0, x1));
  store<T>(y + h, sub<T>(x0, x1));
}

// @ts-ignore: decorator
@inline
export function butterfly4<T>(factor: Factor, x: usize, y: usize, h: usize, scale: T, d: usize): void {
  const x0 = read<T>(factor, x, scale, d);
  const x1 = read<T>(factor, x + h, scale, d + h);
  const x2 = read<T>(factor, x + 2 * h, scale, d + 2 * h);
  const x3 = read<T>(factor, x + 3 * h, scale, d + 3 * h);
  const a0 = add<T>(x0, x1);
  const a1 = sub<T>(x0, x1);
  const a2 = add<T>(x2, x3);
  const a3 = sub<T>(x2, x3);
  store<T>(y, add<T>(a0, a2));
  store<T>(y + h, add<T>(a1, a3));
  store<T>(y + 2 * h, sub<T>(a0, a2));
  store<T>(y + 3 * h, sub<T>(a1, a3));
}

// @ts-ignore: decorator
@inline
export function butterfly8<T>(factor: Factor, x: usize, y: usize, h: usize, scale: T, d: usize): void {
  const x0 = read<T>(factor, x, scale, d);
  const x1 = read<T>(factor, x + h, scale, d + h);
  const x2 = read<T>(factor, x + 2 * h, scale, d + 2 * h);
  const x3 = read<T>(factor, x + 3 * h, scale, d + 3 * h);
  const x4 = read<T>(factor, x + 4 * h, scale, d + 4 * h);
  const x5 = read<T>(factor, x + 5 * h, scale, d + 5 * h);
  const x6 = read<T>(factor, x + 6 * h, scale, d + 6 * h);
  const x7 = read<T>(factor, x + 7 * h, scale, d + 7 * h);
  const a0 = add<T>(x0, x1);
  const a1 = sub<T>(x0, x1);
  const a2 = add<T>(x2, x3);
  const a3 = sub<T>(x2, x3);
  const a4 = add<T>(x4, x5);
  const a5 = sub<T>(x4, x5);
  const a6 = add<T>(x6, x7);
  const a7 = sub<T>(x6, x7);
  const b0 = add<T>(a0, a2);
  const b1 = add<T>(a1, a3);
  const b2 = sub<T>(a0, a2);
  const b3 = sub<T>(a1, a3);
  const b4 = add<T>(a4, a6);
  const b5 = add<T>(a5, a7);
  const b6 = sub<T>(a4, a6);
  const b7 = sub<T>(a5, a7);
  store<T>(y, add<T>(b0, b4));
  store<T>(y + h, add<T>(b1, b5));
  store<T>(y + 2 * h, add<T>(b2, b6));
  store<T>(y + 3 * h, add<T>(b3, b7));
  store<T>(y + 4 * h, sub<T>(b0, b4));
  store<T>(y + 5 * h, sub<T>(b1, b5));
  store<T>(y + 6 * h, sub<T>(b2, b6));
  store<T>(y + 7 * h, sub<T>(b3, b7));
}
