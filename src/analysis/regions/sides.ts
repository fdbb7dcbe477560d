import {kinkInside, type UnitFunctions} from './unit_functions';

/** Units whose sides are compared at once, as one number: most are on one side of their kinks at all corners. */
const TOGETHER = 4;

/** Finds units with corners on either side of a kink. What is known of a corner serves all polygons that it belongs to. */
export class Sides {
  private readonly known = new WeakMap<Float64Array, Uint8Array>();

  constructor(private readonly table: UnitFunctions) {}

  /** The first unit, from `start` on, with numbers on either side of one of its kinks. The rows do not change any more. */
  firstCrossing(rows: readonly Float64Array[], start: number): {unit: number; kink: number} | null {
    if (this.table.hasSeveral) return crossingAmong(this.table, rows, start, rows[0].length);
    const words: Uint32Array[] = [];
    for (const row of rows) words.push(new Uint32Array(this.of(row).buffer));
    let word = firstUnequal(words, Math.floor(start / TOGETHER));
    for (; word < words[0].length; word = firstUnequal(words, word + 1)) {
      const first = TOGETHER * word;
      const end = Math.min(first + TOGETHER, rows[0].length);
      const found = crossingAmong(this.table, rows, Math.max(start, first), end);
      if (found) return found;
    }
    return null;
  }

  private of(row: Float64Array): Uint8Array {
    let sides = this.known.get(row);
    if (sides === undefined) {
      sides = new Uint8Array(TOGETHER * Math.ceil(row.length / TOGETHER));
      fillSides(sides, row, this.table);
      this.known.set(row, sides);
    }
    return sides;
  }
}

/** By unit 0 below its kinks, 1 at the first, 2 between them, 3 at the second, 4 above. */
function fillSides(sides: Uint8Array, row: Float64Array, {mask, kink, kink2}: UnitFunctions): void {
  for (let unit = 0; unit < row.length; unit++) {
    const x = row[unit];
    const [a, b] = [kink[unit & mask], kink2[unit & mask]];
    sides[unit] = Number(x >= a) + Number(x > a) + Number(x >= b) + Number(x > b);
  }
}

/** The first place, from one on, at which not all are equal; the length if there is none. */
function firstUnequal(words: readonly Uint32Array[], from: number): number {
  const first = words[0];
  let least = first.length;
  for (let i = 1; i < words.length; i++) least = firstDifference(first, words[i], from, least);
  return least;
}

function firstDifference(a: Uint32Array, b: Uint32Array, from: number, end: number): number {
  for (let i = from; i < end; i++) if (a[i] !== b[i]) return i;
  return end;
}

function crossingAmong(table: UnitFunctions, rows: readonly Float64Array[], start: number, end: number) {
  for (let unit = start; unit < end; unit++) {
    let low = rows[0][unit];
    let high = low;
    for (let i = 1; i < rows.length; i++) {
      const z = rows[i][unit];
      if (z < low) low = z;
      else if (z > high) high = z;
    }
    const kink = kinkInside(table, unit, low, high);
    if (!Number.isNaN(kink)) return {unit, kink};
  }
  return null;
}
