import type {LinearPolygon, LinearRegions2d} from '../../analysis';
import {type Frame, horizontalAxis, verticalAxis} from './axes';
import {colorOf} from './color';
import {type Range, scale, shortNumber} from './scale';
import {element, figure, label, rounded} from './svg';

export interface LinearRegions2dPlotArgs {
  /** The window that was looked at. */
  x: Range;
  y: Range;
  /** What the axes are. Default: 'x' and 'y'. */
  xName?: string;
  yName?: string;
  /** Points to mark, with their names. */
  marks?: readonly {x: number; y: number; name: string}[];
}

const FRAME: Frame = {left: 64, right: 564, top: 100, bottom: 600};

/**
 * The linear regions of a model in a plane: SVG text.
 *
 * Every polygon has the colour of the first output at its middle; the lines are where units pass a breakpoint.
 *
 * @example
 * const regions = await pw.analysis.linearRegions2d(model, {x: [-1, 1], y: [-1, 1]});
 * const svg = linearRegions2dPlot(regions, {x: [-1, 1], y: [-1, 1]});
 */
export function linearRegions2dPlot(
  {regions, activationCells, polygons}: LinearRegions2d,
  {x, y, xName = 'x', yName = 'y', marks = []}: LinearRegions2dPlotArgs,
): string {
  const [atX, atY] = [scale(x, [FRAME.left, FRAME.right]), scale(y, [FRAME.bottom, FRAME.top])];
  const heights = polygons.map(middle);
  const low = heights.reduce((min, value) => Math.min(min, value), Infinity);
  const high = heights.reduce((max, value) => Math.max(max, value), -Infinity);
  const shareOf = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
  const paths = polygons.map(({vertices}, i) => {
    const corners = vertices.map(([vx, vy]) => `${rounded(atX(vx))} ${rounded(atY(vy))}`);
    return element('path', {d: `M${corners.join('L')}Z`, fill: colorOf(shareOf(heights[i]))});
  });
  // Lines that stay thin where they are many, or they would hide the colours.
  const stroke = {stroke: '#000', 'stroke-width': activationCells > 2000 ? 0.2 : 0.5, 'stroke-linejoin': 'round'};
  const title = `${count(regions, 'linear region')}, ${count(activationCells, 'activation cell')}`;
  const description = [`The window ${shown(x)} x ${shown(y)}; lines: where a unit bends.`];
  return figure(
    656,
    {title, description},
    element('g', stroke, ...paths),
    ...marks
      .filter((mark) => inside(mark.x, x) && inside(mark.y, y))
      .map(({x: mx, y: my, name}) => marked(atX(mx), atY(my), name)),
    horizontalAxis(FRAME, x, xName),
    verticalAxis(FRAME, y, yName),
    legend(low, high),
  );
}

const shown = ([low, high]: Range) => `[${shortNumber(low)}, ${shortNumber(high)}]`;

const inside = (value: number, [low, high]: Range) => value >= low && value <= high;

const count = (n: number, what: string) => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

/** The first output in the middle of the corners. */
const middle = ({values}: LinearPolygon) => values.reduce((sum, [first]) => sum + first, 0) / values.length;

/** A white outline of the text keeps it readable on any colour. */
const marked = (x: number, y: number, name: string) =>
  element('circle', {cx: x, cy: y, r: 4, fill: '#fff', stroke: '#000'}) +
  label(x + 8, y + 4, name, {stroke: '#fff', 'stroke-width': 3, 'paint-order': 'stroke'});

function legend(low: number, high: number): string {
  const [x, top, step] = [600, FRAME.top + 24, 6];
  const boxes = Array.from({length: 32}, (_, i) =>
    element('rect', {x, y: top + i * step, width: 16, height: step + 0.5, fill: colorOf(1 - (i + 0.5) / 32)}),
  );
  const numbers = [high, (low + high) / 2, low].map((value, i) =>
    label(x + 24, top + 8 + i * (16 * step - 4), shortNumber(value)),
  );
  return label(x, FRAME.top + 8, 'first output') + boxes.join('') + (high > low ? numbers.join('') : numbers[1]);
}
