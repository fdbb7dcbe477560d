/** What a pass multiplies its input by: nothing, a scale, or a scale and a diagonal. Known when it is compiled. */

import {mul} from './lanes';

export type Factor = i32;
export const NONE: Factor = 0;
export const SCALE: Factor = 1;
export const DIAGONAL: Factor = 2;

/** The value at x times the factor; the diagonal is read at d. */
// @ts-ignore: decorator
@inline
export function read<T>(factor: Factor, x: usize, scale: T, d: usize): T {
  if (factor == NONE) return load<T>(x);
  if (factor == SCALE) return mul<T>(load<T>(x), scale);
  return mul<T>(mul<T>(load<T>(x), load<T>(d)), scale);
}
