/** Where the units of a network stand. */

import {fail} from '../../errors';
import type {Sheet} from '../sheet';
import {widthOf} from '../text';
import type {Box} from './tile';
import type {UnitRow} from './units';

export interface PlacedRow {
  readonly row: UnitRow;
  /** The units that are drawn one by one, in their order. */
  readonly shown: readonly number[];
  readonly boxes: readonly Box[];
  /** For all others; null if there are none. */
  readonly rest: Box | null;
  readonly top: number;
  readonly bottom: number;
}

export interface Layout {
  /** What the texts at the left have. */
  readonly side: number;
  readonly rows: readonly PlacedRow[];
  readonly bottom: number;
}

const TILE = 50;
const NARROW_TILE = 36;
const WIDEST_TILE = 150;
const DOT = 10;
/** Below units: their name, or how many more there are. */
export const CAPTION = 16;
const LEAST_GAP = 44;

/** Which units are shown: those that matter most, as many as find room, in their order. */
export function chosenUnits({units, importance}: UnitRow, slots: number): number[] {
  const all = Array.from({length: units}, (_, unit) => unit);
  if (units <= slots) return all;
  const sorted = all.sort((a, b) => importance[b] - importance[a] || a - b);
  return sorted.slice(0, slots - 1).sort((a, b) => a - b);
}

export function layoutOf(sheet: Sheet, rows: readonly UnitRow[], who: string): Layout {
  const side = Math.min(190, Math.max(92, (sheet.right - sheet.left) * 0.28));
  const left = sheet.left + side + 14;
  const room = sheet.right - left - 6; // a pile reaches over its box
  const narrow = sheet.width < 520;
  const [tile, gap] = narrow ? [NARROW_TILE, 10] : [TILE, 12];
  const slots = Math.floor((room + gap) / (tile + gap));
  const sizes = rows.map((row) => sizeOfTile(row, slots, tile, gap, room));
  const heights = sizes.map(({height}) => height + CAPTION);
  const fixed = heights.reduce((sum, height) => sum + height, 0) + 20;
  const gaps = rows.length - 1;
  const usual = rows.length > 8 ? 52 : 68;
  const space = sheet.height === undefined ? usual : (sheet.height - sheet.top - fixed) / gaps;
  if (space < LEAST_GAP) {
    const least = Math.ceil(sheet.top + fixed + LEAST_GAP * gaps);
    fail(
      who,
      `height must be at least ${least} for ${rows.length} rows`,
      sheet.height,
      'Leave it out for what is needed.',
    );
  }
  let top = sheet.top + 8;
  const placed = rows.map((row, i): PlacedRow => {
    const shown = chosenUnits(row, slots);
    const hasRest = shown.length < row.units;
    const count = shown.length + Number(hasRest);
    const {width, height} = sizes[i];
    const pitch = Math.min(width + gap, (room - width) / Math.max(1, count - 1));
    const start = left + (room - (pitch * (count - 1) + width)) / 2;
    const boxes = Array.from({length: count}, (_, k) => ({x: start + k * pitch, y: top, width, height}));
    const own = {row, shown, boxes: boxes.slice(0, shown.length), rest: hasRest ? boxes[count - 1] : null};
    const rowTop = top;
    top += heights[i] + space;
    return {...own, top: rowTop, bottom: rowTop + height};
  });
  return {side, rows: placed, bottom: top - space + 12};
}

/** Few functions are drawn larger; inputs and outputs are dots, which have as much room. */
function sizeOfTile({kind, units}: UnitRow, slots: number, tile: number, gap: number, room: number) {
  const width = units >= slots ? tile : Math.min(WIDEST_TILE, Math.max(tile, (room + gap) / units - gap));
  if (kind !== 'functions') return {width, height: DOT};
  return {width, height: Math.min(84, Math.max(34, width * 0.62))};
}

/** Whether all captions of a row find room below their units. */
export const captionsFit = (captions: readonly string[], boxes: readonly Box[], size: number): boolean =>
  captions.every((caption, i) => {
    const pitch = boxes.length > 1 ? boxes[1].x - boxes[0].x : Infinity;
    return widthOf(caption, size) <= Math.max(boxes[i].width, pitch - 6);
  });
