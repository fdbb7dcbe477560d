import {type PiecewiseFunction, valueAt} from '../../analysis/piecewise_linear/piecewise_function';
import type {Role} from '../color';
import {linear, type Range, rangeOf} from '../scale';
import type {Sheet} from '../sheet';
import {element, line, rounded} from '../svg';

/** Where a tile is, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of the plane that the tiles of a row show. */
export interface View {
  x: Range;
  y: Range;
}

/** All kinks, and something around them; all values there. */
export function viewOf(functions: readonly PiecewiseFunction[]): View {
  const kinks = functions.flatMap((f) => [...f.kinks]);
  const [low, high] = rangeOf(kinks.length > 0 ? kinks : [0]);
  // Pairs bend at 0 only, and show as much of both sides.
  const x: Range = kinks.some((kink) => kink !== 0) ? widened([low, high], 0.12) : [-1, 1];
  const y = rangeOf(functions.flatMap((f) => placesOf(f, x).map((place) => valueAt(f, place))));
  return {x, y: widened(y, 0.12)};
}

const widened = ([low, high]: Range, share: number): Range => [low - share * (high - low), high + share * (high - low)];

/** The ends of a range and the kinks between. */
const placesOf = (f: PiecewiseFunction, [low, high]: Range): number[] => [
  low,
  ...f.kinks.filter((kink) => kink > low && kink < high),
  high,
];

/** Learned functions have the colour of ours, those that layers of tfjs have anyway that of dense networks. */
export const roleOf = (f: PiecewiseFunction): Role =>
  (f.trainable ?? f.slopeChanges !== undefined) ? 'ours' : 'dense';

/** How visible something is that matters this share of the most important. */
export const fade = (share: number): number => 0.16 + 0.84 * share;

/** The function of one unit. */
export function tile(sheet: Sheet, box: Box, f: PiecewiseFunction, view: View, importance: number): string {
  const opacity = {opacity: fade(importance)};
  const stroke = {'stroke-width': 1.8, 'stroke-linejoin': 'round', 'stroke-linecap': 'round'};
  return [
    ground(sheet, box, 1),
    element(
      'g',
      opacity,
      cross(sheet, box, view),
      element('path', {d: curve(box, f, view), fill: 'none', ...stroke, ...sheet.paint({stroke: roleOf(f)})}),
      element('rect', {...shape(box), fill: 'none', ...sheet.paint({stroke: roleOf(f)})}),
    ),
  ].join('');
}

/** Many functions on each other, for the units that are not shown one by one. */
export function pile(sheet: Sheet, box: Box, functions: readonly PiecewiseFunction[], view: View): string {
  const drawn = functions.map((f) =>
    element('path', {d: curve(box, f, view), fill: 'none', ...sheet.paint({stroke: roleOf(f)})}),
  );
  const opacity = {'stroke-opacity': Math.min(0.6, Math.max(0.18, 3 / functions.length)), 'stroke-linejoin': 'round'};
  const behind = [6, 3].map((step) => ground(sheet, {...box, x: box.x + step, y: box.y - step}, 0.5));
  return [...behind, ground(sheet, box, 1), cross(sheet, box, view), element('g', opacity, ...drawn)].join('');
}

const shape = ({x, y, width, height}: Box) => ({x, y, width, height, rx: 4});

const ground = (sheet: Sheet, box: Box, opacity: number) =>
  element('rect', {...shape(box), 'stroke-opacity': opacity, ...sheet.paint({fill: 'ground', stroke: 'line'})});

function scales({x, y, width, height}: Box, view: View) {
  return {atX: linear(view.x, [x + 3, x + width - 3]), atY: linear(view.y, [y + height - 3, y + 3])};
}

function curve(box: Box, f: PiecewiseFunction, view: View): string {
  const {atX, atY} = scales(box, view);
  return line(placesOf(f, view.x).map((place) => [atX(place), atY(valueAt(f, place))]));
}

/** Where x and y are 0. */
function cross(sheet: Sheet, box: Box, view: View): string {
  const {atX, atY} = scales(box, view);
  const inside = ([low, high]: Range) => low < 0 && high > 0;
  const d = [
    inside(view.x) ? `M${rounded(atX(0))} ${rounded(box.y + 2)}v${rounded(box.height - 4)}` : '',
    inside(view.y) ? `M${rounded(box.x + 2)} ${rounded(atY(0))}h${rounded(box.width - 4)}` : '',
  ].join('');
  return d === '' ? '' : element('path', {d, ...sheet.paint({stroke: 'line'})});
}
