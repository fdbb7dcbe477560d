import type {LinearPolygon, LinearRegions2d} from '../analysis';
import {fail, type Names, requireInteger} from '../errors';
import {requireRange} from './arguments';
import {area, type Frame} from './axes';
import {colorOf} from './color';
import {count, type Range, rangeOf, shortNumber} from './scale';
import {type PlotOptions, type Sheet, sheetFor} from './sheet';
import {element, line} from './svg';
import {widthOf} from './text';

/** Options of {@link regions}. */
export interface RegionsOptions extends PlotOptions {
  /** The window to show from left to right, [low, high]. Default: that of the polygons. */
  x?: Range;
  /** From bottom to top, [low, high]. Default: that of the polygons. */
  y?: Range;
  /** What the horizontal axis is. Default: 'x'. */
  xName?: string;
  /** What the vertical axis is. Default: 'y'. */
  yName?: string;
  /** Points to mark, with their names; those outside the window are left out. */
  marks?: readonly {x: number; y: number; name: string}[];
  /** The number of the output that gives the colours. Default: 0. */
  output?: number;
}

const OPTIONS: Names<Omit<RegionsOptions, keyof PlotOptions>> = {
  x: true,
  y: true,
  xName: true,
  yName: true,
  marks: true,
  output: true,
};

const WHO = 'plot.regions';
const LEGEND = 84;

/**
 * The linear regions of a model in a plane, as a mosaic: SVG text.
 *
 * Takes what `linearRegions2d` returns. Every polygon has the colour of the output at its middle; lines are where
 * units pass a breakpoint.
 *
 * @throws If there are no polygons, or no such output.
 *
 * @example
 * const found = await pw.analysis.linearRegions2d(model, {x: [-1, 1], y: [-1, 1]});
 * const svg = pw.plot.regions(found, {width: 560});
 */
export function regions(found: LinearRegions2d, options?: RegionsOptions): string {
  const {polygons} = found ?? {};
  if (!Array.isArray(polygons) || polygons.length === 0) {
    fail(WHO, 'the first argument must be what linearRegions2d returns', found, 'Await it.');
  }
  const output = requireInteger(options?.output ?? 0, 'output', WHO, 0, 0);
  const outputs = polygons[0].values[0].length;
  if (output >= outputs) fail(WHO, `output must be below ${outputs}`, output, 'The first is 0.');
  const x = options?.x === undefined ? cornersOf(polygons, 0) : requireRange(options.x, 'x', WHO);
  const y = options?.y === undefined ? cornersOf(polygons, 1) : requireRange(options.y, 'y', WHO);
  const sheet = sheetFor(WHO, options, OPTIONS, {
    title: titleOf(found),
    description: `The window ${shown(x)} x ${shown(y)}. Lines: where a unit bends. Colour: ${outputs > 1 ? `output ${output}` : 'the output'}.`,
  });
  const names = {x: options?.xName ?? 'x', y: options?.yName ?? 'y'};
  // As high as wide, if not said otherwise.
  const bottom = sheet.height ?? sheet.top + (sheet.right - sheet.left - LEGEND) + 28;
  const box = {left: sheet.left, right: sheet.right - LEGEND, top: sheet.top, bottom: bottom - 6};
  if (box.bottom - box.top < 160) {
    fail(WHO, `height must be at least ${sheet.top + 166}`, sheet.height, 'Leave it out for what the picture needs.');
  }
  const drawnArea = area(sheet, box, {domain: x, name: names.x}, {domain: y, name: names.y}, false);
  return sheet.finish(bottom, ...mosaic(sheet, found, drawnArea, output), ...marksOf(sheet, drawnArea, options));
}

/** Cells are named only where they are not the regions. */
function titleOf({regions, polygons}: LinearRegions2d): string {
  const cells = regions === polygons.length ? '' : `, ${count(polygons.length, 'activation cell')}`;
  return `${count(regions, 'linear region')}${cells}`;
}

const shown = ([low, high]: Range) => `[${shortNumber(low)}, ${shortNumber(high)}]`;

function mosaic(
  sheet: Sheet,
  {polygons}: LinearRegions2d,
  {frame, x, y, drawn}: ReturnType<typeof area>,
  output: number,
): string[] {
  const heights = polygons.map((polygon) => middle(polygon, output));
  const [low, high] = heights.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  const shareOf = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
  const paths = polygons.map(({vertices}, i) => {
    const fill = colorOf(shareOf(heights[i]));
    // A line of the colour of the polygon hides the seam that antialiasing leaves between neighbours.
    return element('path', {d: `${line(vertices.map(([vx, vy]) => [x(vx), y(vy)]))}Z`, fill});
  });
  const thin = {stroke: '#000', 'stroke-opacity': 0.55, 'stroke-width': polygons.length > 2000 ? 0.2 : 0.6};
  // Chromium leaves specks between slivers, through which the ground would shine.
  const [[fromX, toX], [fromY, toY]] = [cornersOf(polygons, 0), cornersOf(polygons, 1)];
  const under = element('rect', {
    x: x(fromX),
    y: y(toY),
    width: x(toX) - x(fromX),
    height: y(fromY) - y(toY),
    fill: colorOf(shareOf(middleOf(heights))),
    stroke: 'none',
  });
  const {left, right, top, bottom} = frame;
  const clip = {x: left, y: top, width: right - left, height: bottom - top, overflow: 'hidden'};
  return [
    element(
      'svg',
      clip,
      element('g', {transform: `translate(${-left} ${-top})`, ...thin, 'stroke-linejoin': 'round'}, under, ...paths),
    ),
    drawn,
    legend(sheet, frame, low, high),
  ];
}

const cornersOf = (polygons: readonly LinearPolygon[], axis: 0 | 1) =>
  rangeOf(polygons.flatMap(({vertices}) => vertices.map((vertex) => vertex[axis])));

const middleOf = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The output in the middle of the corners. */
const middle = ({values}: LinearPolygon, output: number) =>
  values.reduce((sum, numbers) => sum + numbers[output], 0) / values.length;

function marksOf(sheet: Sheet, {frame, x, y}: ReturnType<typeof area>, options: RegionsOptions | undefined): string[] {
  const inside = (value: number, [low, high]: Range) => value >= low && value <= high;
  return (options?.marks ?? [])
    .filter((mark) => inside(mark.x, x.domain) && inside(mark.y, y.domain))
    .map((mark) => {
      const [cx, cy] = [x(mark.x), y(mark.y)];
      const wanted = widthOf(mark.name, 12, true);
      // On the side that has room.
      const isLeft = cx + 9 + wanted > frame.right && cx - frame.left > frame.right - cx;
      const width = (isLeft ? cx - frame.left : frame.right - cx) - 10;
      const anchor = isLeft ? 'end' : 'start';
      const height = Math.min(frame.bottom - 4, Math.max(frame.top + 12, cy + 4));
      return (
        element('circle', {cx, cy, r: 4, 'stroke-width': 1.5, ...sheet.paint({fill: 'ground', stroke: 'ink'})}) +
        sheet.text(isLeft ? cx - 8 : cx + 8, height, mark.name, {anchor, halo: true, bold: true, width})
      );
    });
}

function legend(sheet: Sheet, frame: Frame, low: number, high: number): string {
  const x = frame.right + 18;
  const height = Math.min(192, frame.bottom - frame.top - 20);
  const [top, step] = [frame.top + 8, height / 48];
  const boxes = Array.from({length: 48}, (_, i) =>
    element('rect', {x, y: top + i * step, width: 14, height: step + 0.5, fill: colorOf(1 - (i + 0.5) / 48)}),
  );
  const numbers = [high, (low + high) / 2, low].map((value, i) =>
    sheet.text(x + 20, top + 4 + (i * height) / 2, shortNumber(value, 3), {role: 'quiet', width: LEGEND - 32}),
  );
  return boxes.join('') + (high > low ? numbers.join('') : numbers[1]);
}
