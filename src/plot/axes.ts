import type {Role} from './color';
import {linear, logarithmic, type Range, type Scale, shortNumber} from './scale';
import type {Sheet} from './sheet';
import {element, rounded} from './svg';
import {widthOf} from './text';

/** Where a picture draws, in pixels. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Axis {
  domain: Range;
  /** Whether the axis is of powers of ten. */
  log?: boolean;
  name: string;
  format?: (value: number) => string;
}

export interface Area {
  frame: Frame;
  x: Scale;
  y: Scale;
  /** Grid, axes and their names. */
  drawn: string;
}

const SIZE = 12;
const short = (value: number) => shortNumber(value, 12);

/**
 * A frame inside a box, with room for the numbers of both axes: those of x and its name below, those of y at the left and its
 * name above. There are as many ticks as find room.
 */
export function area(sheet: Sheet, box: Frame, xAxis: Axis, yAxis: Axis, grid = true): Area {
  const top = box.top + (yAxis.name === '' ? 6 : 22);
  const bottom = box.bottom - (xAxis.name === '' ? 24 : 42);
  const scaleOf = ({log, domain}: Axis, range: Range) => (log ? logarithmic : linear)(domain, range);
  const y = scaleOf(yAxis, [bottom, top]);
  const yTicks = y.ticks(Math.max(2, Math.min(6, Math.floor((bottom - top) / 36))));
  const yFormat = yAxis.format ?? short;
  const left = box.left + Math.max(...yTicks.map((tick) => widthOf(yFormat(tick), SIZE)), 8) + 8;
  const {right} = box;
  const x = scaleOf(xAxis, [left, right]);
  const xTicks = ticksWithRoom(x, xAxis.format ?? short, sheet);
  const frame = {left, right, top, bottom};
  const rule = (d: string, stroke: Role) => element('path', {d, fill: 'none', ...sheet.paint({stroke})});
  const drawn = [
    grid ? rule(yTicks.map((tick) => `M${rounded(left)} ${rounded(y(tick))}H${rounded(right)}`).join(''), 'line') : '',
    ...yTicks.map((tick) => sheet.text(left - 8, y(tick) + 4, yFormat(tick), {role: 'quiet', anchor: 'end'})),
    rule(`M${rounded(left)} ${rounded(bottom)}H${rounded(right)}`, 'quiet'),
    rule(xTicks.map(({value}) => `M${rounded(x(value))} ${rounded(bottom)}v5`).join(''), 'quiet'),
    ...xTicks.map(({at, text}) => sheet.text(at, bottom + 18, text, {role: 'quiet', anchor: 'middle'})),
    nameOf(sheet, xAxis.name, bottom + 36, frame, 'middle'),
    nameOf(sheet, yAxis.name, top - 10, {...frame, left: box.left}, 'start'),
  ];
  return {frame, x, y, drawn: drawn.join('')};
}

function nameOf(sheet: Sheet, name: string, y: number, {left, right}: Frame, anchor: 'start' | 'middle'): string {
  if (name === '') return '';
  const x = anchor === 'start' ? left : (left + right) / 2;
  return sheet.text(x, y, name, {role: 'quiet', anchor, width: right - left});
}

interface Tick {
  value: number;
  at: number;
  text: string;
}

/** As many as do not touch, moved inwards where they would leave the sheet. */
function ticksWithRoom(scale: Scale, format: (value: number) => string, {width}: Sheet): Tick[] {
  for (let count = 8; count > 1; count--) {
    const found = scale.ticks(count).map((value): Tick & {half: number} => {
      const text = format(value);
      const half = widthOf(text, SIZE) / 2;
      return {value, text, half, at: Math.min(width - half - 2, Math.max(half + 2, scale(value)))};
    });
    if (found.every(({at, half}, i) => i === 0 || at - half - (found[i - 1].at + found[i - 1].half) > 10)) return found;
  }
  const [low] = scale.domain;
  return [{value: low, text: format(low), at: scale(low) + widthOf(format(low), SIZE) / 2}];
}
