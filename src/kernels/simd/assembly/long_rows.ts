/**
 * Rows that are larger than the cache, in two steps through memory, their gradient in three: the transforms of their eighths;
 * runs, some columns of all eighths, in which the last level ends, the slopes are applied, and in the gradient the transform
 * back begins; and the eighths again. All rows take a step together, so what is as long as a row is read once for all of them.
 * Sizes are in bytes.
 */

import {butterfly8} from './butterflies';
import {accumulate, clear} from './lanes';
import {pass} from './passes';
import {storeSums} from './relu_pair_gradient';
import {BLOCK, CACHE, levels, rows, splitBits} from './rows';
import {slopeRows} from './scaling';

const PARTS: usize = 8;
/** Bytes of a run in one part, a page of memory at most: caches foresee short runs badly. */
const WIDTH: usize = 4096;
/** Shorter rows have shorter runs, whose tiles stay in the nearest cache. */
const MIN_WIDTH: usize = 256;
/** Places a large power of two apart drive each other out of caches: so in a tile they are not. */
const PITCH: usize = WIDTH + 192;
const TILE: usize = PARTS * PITCH;
/** Rows that take the first step in turns, and each step of the gradient together. */
const SHARING: usize = 4;
/** Products that are added in floats before they go to the sums in doubles. */
const GROUP: usize = 8;

/** As `walshHadamard`, for rows of 8 * WIDTH and more. */
export function longRows(
  x: usize,
  y: usize,
  outer: usize,
  row: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
): void {
  const part = row / PARTS;
  eighths(x, y, outer, row, scale, before);
  for (let c: usize = 0; c < part; c += WIDTH) {
    for (let o: usize = 0, z = y; o < outer; o++, z += row) {
      level(z + c, part, z + c, part, WIDTH);
      if (below) for (let at = c; at < row; at += part) slopeRows(z + at, WIDTH, WIDTH, below + at, above + at);
    }
  }
}

/** The eighths of rows, each by itself. Those that the nearest cache holds are done one by one, or the next would drive it out. */
function eighths(x: usize, y: usize, outer: usize, row: usize, scale: f32, before: usize): void {
  const part = row / PARTS;
  const sharing = part > CACHE ? SHARING : 1;
  for (let at: usize = 0; at < row; at += part) {
    for (let o: usize = 0, k = at; o < outer; o += sharing, k += sharing * row) {
      levels(x + k, y + k, part, part, min(sharing, outer - o), row, scale, before ? before + at : 0, BLOCK);
    }
  }
}

/** Butterflies of `width` columns of the parts, from places at a distance to places at another one. */
function level(from: usize, fromDistance: usize, to: usize, toDistance: usize, width: usize): void {
  for (let i: usize = 0; i < width; i += 16) {
    butterfly8<v128>(false, from + i, fromDistance, to + i, toDistance, f32x4.splat(1));
  }
}
