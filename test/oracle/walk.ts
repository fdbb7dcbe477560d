import {exactly, type Form, inputForms, isBentBetween, type Piece, pieceAt, sized} from './piece';
import {minus, ratio} from './rational';
import type {Network} from './steps';

export interface ExactCount {
  regions: number;
  activationCells: number;
  breakpoints: number[];
  /** The least of the numbers that decided where pieces end, as a share of its terms; only if asked for. */
  margin: number;
}

/** Options of a walk and of a flood. */
export interface Options {
  /** Pieces, before it gives up. Default: 10,000. */
  most?: number;
  measureMargin?: boolean;
}

/** Too many pieces to follow. */
export class TooMany extends Error {}

/** Walks along a segment from one breakpoint to the next one, in rational numbers. */
export function walk(
  network: Network,
  from: readonly number[],
  to: readonly number[],
  {most = 1e4, measureMargin = false}: Options = {},
): ExactCount {
  const start = exactly(from);
  const direction = exactly(to).map((x, i) => minus(x, start[i]));
  const input = inputForms(start, [direction]);
  const result: ExactCount = {regions: 1, activationCells: 0, breakpoints: [], margin: Infinity};
  let before: Piece | null = null;
  for (let at: [bigint, bigint] | null = [0n, 1n]; at; ) {
    const probe = [at, [1n, 0n]];
    const piece = pieceAt(network, measureMargin ? sized(input, probe) : input, probe);
    result.margin = Math.min(result.margin, piece.margin);
    if (before && isBentBetween(before, piece)) {
      result.regions++;
      result.breakpoints.push(ratio(...at));
    }
    before = piece;
    if (++result.activationCells > most) throw new TooMany();
    at = nextZero(piece.sides);
  }
  return result;
}

/** Where the first of functions that are above 0 falls below it, before 1. */
function nextZero(sides: Form[]): [bigint, bigint] | null {
  let best: [bigint, bigint] = [1n, 1n];
  for (const side of sides) {
    const [slope, constant] = side;
    if (slope < 0n && constant * best[1] < best[0] * -slope) best = [constant, -slope];
  }
  return best[0] === best[1] ? null : best;
}
