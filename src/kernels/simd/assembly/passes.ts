/** Passes of butterflies over memory. Sizes and distances are in bytes. */

import {butterfly2, butterfly4, butterfly8} from './butterflies';

/** How many of `bits` levels the next pass does, so that passes are few, and of radix 2 only if nothing else fits. */
export function radixBits(bits: usize): usize {
  return bits <= 1 ? 1 : bits == 2 || bits == 4 ? 2 : 3;
}

/** One group of butterflies: those of the values 0 .. h-1, four at a time. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function group(bits: usize, scaled: bool, x: usize, y: usize, h: usize, scale: f32): void {
  const scales = f32x4.splat(scale);
  for (let i: usize = 0; i + 16 <= h; i += 16) {
    if (bits == 3) butterfly8<v128>(scaled, x + i, h, y + i, h, scales);
    else if (bits == 2) butterfly4<v128>(scaled, x + i, y + i, h, scales);
    else butterfly2<v128>(scaled, x + i, y + i, h, scales);
  }
}

/** In place: a group, and what its vectors leave one by one. */
// @ts-ignore: TypeScript has no decorators of functions, AssemblyScript does.
@inline
function wholeGroup(bits: usize, y: usize, h: usize): void {
  group(bits, false, y, y, h, 1);
  for (let i = h & ~15; i < h; i += 4) {
    if (bits == 3) butterfly8<f32>(false, y + i, h, y + i, h, 1);
    else if (bits == 2) butterfly4<f32>(false, y + i, y + i, h, 1);
    else butterfly2<f32>(false, y + i, y + i, h, 1);
  }
}

/** In place: the butterflies of `bits` levels, distance h the smallest, over `size`. */
export function pass(bits: usize, y: usize, size: usize, h: usize): void {
  const end = y + size;
  if (bits == 3) for (; y < end; y += 8 * h) wholeGroup(3, y, h);
  else if (bits == 2) for (; y < end; y += 4 * h) wholeGroup(2, y, h);
  else for (; y < end; y += 2 * h) wholeGroup(1, y, h);
}

/** From x to y, one group of whole vectors, times scale. */
export function scaledPass(bits: usize, x: usize, y: usize, h: usize, scale: f32): void {
  if (bits == 3) group(3, true, x, y, h, scale);
  else if (bits == 2) group(2, true, x, y, h, scale);
  else group(1, true, x, y, h, scale);
}
