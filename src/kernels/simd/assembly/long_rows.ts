/**
 * Rows that are larger than the cache, in two steps through memory: the transforms of their eighths; runs, some columns of all
 * eighths, in which the last level ends and the slopes are applied. All rows take a step together, so what is as long as a row
 * is read once for all of them. Sizes are in bytes.
 */

import {butterfly8} from './butterflies';
import {expand} from './expansion';
import {reluPair} from './relu_pair';
import {addRows} from './relu_pair_gradient';
import {BLOCK, CACHE, climb, levels, pieceOf} from './rows';

const PARTS: usize = 8;
/** Bytes of a run in one part, a page of memory at most: caches foresee short runs badly. */
const WIDTH: usize = 4096;
/** Rows that take the first step in turns. */
const SHARING: usize = 4;

/** As `walshHadamard`; x is expanded if it has `from` bytes along the axis, rather than 0. */
export function longRows(
  x: usize,
  z: usize,
  y: usize,
  outer: usize,
  row: usize,
  scale: f32,
  before: usize,
  below: usize,
  above: usize,
  from: usize,
  tiled: bool,
  offset: usize,
  moved: usize,
): void {
  eighths(x, z, outer, row, scale, before, 0, 0, 0, 0, 0, 0, from, tiled, offset, moved);
  lastLevel(z, y, outer, row, below, above);
}

/** As `whtReLUPairBackward`. */
export function longRowsBackward(
  z: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  row: usize,
  scale: f32,
  signs: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  sums: usize,
): void {
  eighths(z, dx, outer, row, scale, 0, dy, negative, positive, dnegative, dpositive, sums, 0, false, 0, 0);
  lastLevel(dx, dx, outer, row, signs, signs);
}

/** The eighths of rows, each by itself: those of x, of x expanded if there is `from`, or of its derivatives if there is dy. */
function eighths(
  x: usize,
  y: usize,
  outer: usize,
  row: usize,
  scale: f32,
  before: usize,
  dy: usize,
  negative: usize,
  positive: usize,
  dnegative: usize,
  dpositive: usize,
  sums: usize,
  from: usize,
  tiled: bool,
  offset: usize,
  moved: usize,
): void {
  const part = row / PARTS;
  const piece = part > CACHE ? pieceOf(part) : part;
  for (let at: usize = 0; at < row; at += part) {
    for (let o: usize = 0; o < outer; o += SHARING) {
      const count = min(SHARING, outer - o);
      for (let i: usize = 0; i < part; ) {
        const c = at + i;
        const k = c + o * row;
        const to = y + k;
        if (dy) {
          addRows(
            x + k,
            dy + k,
            to,
            o,
            count,
            outer,
            row,
            piece,
            negative + c,
            positive + c,
            dnegative + c,
            dpositive + c,
            sums ? sums + 2 * c : 0,
          );
        } else if (from) {
          for (let r: usize = 0; r < count; r++) {
            expand(x + (o + r) * from, to + r * row, c, piece, from, tiled, 1, offset, moved);
          }
        }
        const start = dy || from ? to : x + k;
        levels(start, to, piece, piece, count, row, scale, before ? before + c : 0, BLOCK);
        i += piece;
        for (let r: usize = 0, p = to - i + piece; r < count; r++, p += row) climb(p, i, piece, part);
      }
    }
  }
}

/** The last level of all rows, and slopes if there are any. */
function lastLevel(z: usize, y: usize, outer: usize, row: usize, below: usize, above: usize): void {
  const part = row / PARTS;
  const width = min(WIDTH, part);
  for (let c: usize = 0; c < part; c += width) {
    for (let k = c, end = outer * row; k < end; k += row) {
      for (let i = k; i < k + width; i += 16) {
        butterfly8<v128>(false, z + i, part, z + i, part, f32x4.splat(1));
      }
      if (below) {
        for (let at = c, i = k; at < row; at += part, i += part) {
          reluPair(z + i, z + i, y + i, 1, width / 4, 1, below + at, above + at);
        }
      }
    }
  }
}
