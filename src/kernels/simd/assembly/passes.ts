/** Passes of butterflies over memory. Sizes and distances are in bytes. */

import {butterfly2, butterfly4, butterfly8} from './butterflies';
import {DIAGONAL, Factor, NONE, SCALE} from './factor';

/** How many of `bits` levels the next pass does, so that passes are few, and of radix 2 only if nothing else fits. */
export function radixBits(bits: usize): usize {
  return bits <= 1 ? 1 : bits == 2 || bits == 4 ? 2 : 3;
}

/** One group of butterflies: those of the values 0 .. h-1, four at a time. */
// @ts-ignore: decorator
@inline
function group(bits: usize, factor: Factor, x: usize, y: usize, h: usize, scale: f32, d: usize): void {
  const scales = f32x4.splat(scale);
  for (let i: usize = 0; i + 16 <= h; i += 16) {
    if (bits == 3) butterfly8<v128>(factor, x + i, y + i, h, scales, d + i);
    else if (bits == 2) butterfly4<v128>(factor, x + i, y + i, h, scales, d + i);
    else butterfly2<v128>(factor, x + i, y + i, h, scales, d + i);
  }
}

/** In place: a group, and what its vectors leave one by one. */
// @ts-ignore: decorator
@inline
function wholeGroup(bits: usize, y: usize, h: usize): void {
  group(bits, NONE, y, y, h, 1, 0);
  for (let i = h & ~15; i < h; i += 4) {
    if (bits == 3) butterfly8<f32>(NONE, y + i, y + i, h, 1, 0);
    else if (bits == 2) butterfly4<f32>(NONE, y + i, y + i, h, 1, 0);
    else butterfly2<f32>(NONE, y + i, y + i, h, 1, 0);
  }
}

/** In place: the butterflies of `bits` levels, distance h the smallest, over `size`. */
export function pass(bits: usize, y: usize, size: usize, h: usize): void {
  const end = y + size;
  if (bits == 3) for (; y < end; y += 8 * h) wholeGroup(3, y, h);
  else if (bits == 2) for (; y < end; y += 4 * h) wholeGroup(2, y, h);
  else for (; y < end; y += 2 * h) wholeGroup(1, y, h);
}

/** From x to y, one group of whole vectors, times scale and the diagonal, if it is not 0. */
export function firstPass(bits: usize, x: usize, y: usize, h: usize, scale: f32, diagonal: usize): void {
  if (diagonal) {
    if (bits == 3) group(3, DIAGONAL, x, y, h, scale, diagonal);
    else if (bits == 2) group(2, DIAGONAL, x, y, h, scale, diagonal);
    else group(1, DIAGONAL, x, y, h, scale, diagonal);
  } else {
    if (bits == 3) group(3, SCALE, x, y, h, scale, 0);
    else if (bits == 2) group(2, SCALE, x, y, h, scale, 0);
    else group(1, SCALE, x, y, h, scale, 0);
  }
}
