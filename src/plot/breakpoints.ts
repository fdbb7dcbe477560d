import type {LinearRegions} from '../analysis';
import {fail, type Names} from '../errors';
import {requireFamilies, requireNumbers, requireRange, requireTexts} from './arguments';
import {area} from './axes';
import {count, linear, type Range, rangeOf} from './scale';
import {type PlotOptions, type Sheet, sheetFor} from './sheet';
import {element, line, rounded} from './svg';

/** Points of a curve, as many x as y. */
export interface CurvePoints {
  /** On the axis of the plot. */
  x: ArrayLike<number>;
  /** As many. */
  y: ArrayLike<number>;
}

/** Options of {@link breakpoints}. */
export interface BreakpointsOptions extends PlotOptions {
  /** What the ends of the segment are on the axis. Default: [0, 1]. */
  x?: Range;
  /** Default: 'x', or 'share of the way along the segment' where `x` is not given. */
  xName?: string;
  /** Default: 'output'. */
  yName?: string;
  /** Data or the true function, drawn behind the model; of several models a list has those of each. */
  points?: CurvePoints | readonly CurvePoints[];
  /** The names of what was counted, one each. */
  names?: readonly string[];
  /** 'ours' (blue) or 'dense' (orange), one each. Default: 'ours'. */
  families?: readonly ('ours' | 'dense')[];
}

const OPTIONS: Names<Omit<BreakpointsOptions, keyof PlotOptions>> = {
  x: true,
  xName: true,
  yName: true,
  points: true,
  names: true,
  families: true,
};

const WHO = 'plot.breakpoints';
const RUG = 14;

/**
 * The function of a model along a segment, and where it bends: SVG text.
 *
 * Takes what `countLinearRegions` returns, or a list of it. With `values: true` the function is drawn, exactly, with a tick
 * below for each breakpoint; a list gets a panel each, on one scale. Without values each segment is a row of ticks.
 *
 * To look at curve fits, at how breakpoints spread, and at two models side by side.
 *
 * @throws If nothing was counted, or options do not fit it.
 *
 * @example
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, inputShape: [1]})]});
 * const found = await pw.analysis.countLinearRegions(model, {from: [0], to: [1], values: true});
 * const svg = pw.plot.breakpoints(found, {x: [0, 1], title: 'A triangle wave'});
 */
export function breakpoints(found: LinearRegions | readonly LinearRegions[], options?: BreakpointsOptions): string {
  const all: readonly LinearRegions[] = Array.isArray(found) ? found : [found];
  const bad = all.findIndex((each) => !Array.isArray(each?.breakpoints));
  if (all.length === 0 || bad >= 0) {
    const received = all.length === 0 ? 'an empty list' : String(all[bad]);
    fail(WHO, 'the first argument must be what countLinearRegions returns', received, 'Await it, or a list of it.');
  }
  const most = all.reduce((max, {regions}) => Math.max(max, regions), 0);
  const [one] = all;
  const drawsValues = all.every(({values}) => values !== undefined);
  const sheet = sheetFor(WHO, options, OPTIONS, {
    title: all.length === 1 ? count(one.regions, 'linear region') : `Breakpoints along ${all.length} segments`,
    description: drawsValues
      ? `Each tick is a place where the function bends${options?.points ? '; grey: the data' : ''}.`
      : `Each line is a place where the output of the model bends: at most ${count(most, 'linear region')}.`,
  });
  const view: View = {
    x: options?.x === undefined ? [0, 1] : requireRange(options.x, 'x', WHO),
    xName: options?.xName ?? (options?.x ? 'x' : 'share of the way along the segment'),
    yName: options?.yName ?? 'output',
    points: pointsOf(options?.points, all.length),
    names: requireTexts(options?.names, 'names', WHO, all.length),
    families: requireFamilies(options?.families, 'families', WHO, all.length),
  };
  return drawsValues ? panels(sheet, all, view) : rows(sheet, all, view);
}

interface View {
  x: Range;
  xName: string;
  yName: string;
  /** By model. */
  points: [x: number, y: number][][];
  names: readonly string[] | undefined;
  families: readonly ('ours' | 'dense')[];
}

function pointsOf(points: BreakpointsOptions['points'], n: number): View['points'] {
  if (points === undefined || points === null) return new Array(n).fill([]);
  const all = (Array.isArray(points) ? points : new Array(n).fill(points)) as readonly CurvePoints[];
  if (all.length !== n) fail(WHO, `points must be ${n} {x, y}`, `${all.length}`, 'One for each, or one for all.');
  return all.map((each) => {
    const x = requireNumbers(each?.x, 'points.x', WHO);
    const y = requireNumbers(each?.y, 'points.y', WHO);
    if (x.length !== y.length) fail(WHO, 'points must have as many x as y', `${x.length} and ${y.length}`, 'In pairs.');
    return x.map((value, i) => [value, y[i]] as [number, number]);
  });
}

/** As many beside each other as are 290 pixels wide, on one scale. */
function panels(sheet: Sheet, all: readonly LinearRegions[], view: View): string {
  const [low, high] = view.x;
  const columns = Math.max(1, Math.min(all.length, Math.floor((sheet.right - sheet.left) / 290)));
  const lines = Math.ceil(all.length / columns);
  const least = lines * 180;
  const room =
    sheet.height === undefined ? lines * (columns === 1 && lines === 1 ? 340 : 290) : sheet.height - sheet.top - 12;
  if (room < least) tooLow(sheet, least + 12);
  const shown = view.points.map((points) => points.filter(([x]) => x >= low && x <= high));
  const [least_, most] = rangeOf(
    [...all.flatMap(({values}) => values!.flat()), ...shown.flat().map(([, y]) => y)],
    0.05,
  );
  const panelHeight = room / lines;
  const gap = 24;
  const panelWidth = (sheet.right - sheet.left - gap * (columns - 1)) / columns;
  const drawn = all.map((found, i) => {
    const left = sheet.left + (i % columns) * (panelWidth + gap);
    const top = sheet.top + Math.floor(i / columns) * panelHeight;
    const named = view.names || all.length > 1;
    const heading = named ? `${view.names?.[i] ?? i + 1}: ${count(found.regions, 'region')}` : '';
    const box = {left, right: left + panelWidth, top: top + (named ? 24 : 0), bottom: top + panelHeight - 8};
    const share = RUG / (panelHeight - 100);
    const domain: Range = [least_ - (most - least_) * share, most];
    return [
      heading === '' ? '' : sheet.text(left, top + 14, heading, {bold: true, width: panelWidth}),
      panel(
        sheet,
        found,
        area(sheet, box, {domain: view.x, name: view.xName}, {domain, name: view.yName}),
        view,
        i,
        shown[i],
      ),
    ].join('');
  });
  return sheet.finish(sheet.top + room + 12, ...drawn);
}

/** Beyond it, dots would be one block. */
const MOST_KNOTS = 70;

function panel(
  {paint}: Sheet,
  {breakpoints: bends, values}: LinearRegions,
  {frame, x, y, drawn}: ReturnType<typeof area>,
  view: View,
  i: number,
  points: readonly [x: number, y: number][],
): string {
  const [low, high] = view.x;
  const family = view.families[i];
  const places = [0, ...bends, 1].map((t) => x(low + t * (high - low)));
  const dots = points.map(([px, py]) => `M${rounded(x(px))} ${rounded(y(py))}h0`).join('');
  const outputs = values![0].map((_, output) => line(places.map((place, k) => [place, y(values![k][output])])));
  const inner = places.slice(1, -1);
  const knots = bends.length > MOST_KNOTS ? [] : inner.flatMap((place, k) => values![k + 1].map((v) => [place, y(v)]));
  const stroke = (width: number) => ({'stroke-width': width, 'stroke-linejoin': 'round', 'stroke-linecap': 'round'});
  return [
    drawn,
    dots && element('path', {d: dots, ...stroke(5), 'stroke-opacity': 0.35, ...paint({stroke: 'quiet'})}),
    ...outputs.map((d) => element('path', {d, fill: 'none', ...stroke(1.8), ...paint({stroke: family})})),
    ...knots.map(([cx, cy]) => element('circle', {cx, cy, r: 2.4, ...paint({fill: family})})),
    ticksOf(inner, frame.bottom - RUG + 2, RUG - 4, paint({stroke: family})),
  ].join('');
}

/** Lines that stay thin where they are many, or a row would be one block. */
function ticksOf(places: readonly number[], top: number, height: number, color: object): string {
  if (places.length === 0) return '';
  const d = places.map((place) => `M${rounded(place)} ${rounded(top)}v${rounded(height)}`).join('');
  return element('path', {d, 'stroke-width': places.length > 140 ? 0.4 : 1.2, ...color});
}

/** A row of ticks for each segment. */
function rows(sheet: Sheet, all: readonly LinearRegions[], view: View): string {
  const least = all.length * 14 + 54;
  const whole = sheet.height === undefined ? all.length * 34 + 54 : sheet.height - sheet.top;
  if (whole < least) tooLow(sheet, least);
  const height = (whole - 54) / all.length;
  const side = view.names ? (sheet.right - sheet.left) * 0.22 : 26;
  const box = {left: sheet.left + side, right: sheet.right - 96, top: sheet.top, bottom: sheet.top + whole - 4};
  const {frame, x, drawn} = area(
    sheet,
    box,
    {domain: view.x, name: view.xName},
    {domain: [0, 1], name: '', format: () => ''},
    false,
  );
  const at = linear([0, 1], [x(view.x[0]), x(view.x[1])]);
  const lines = all.map(({breakpoints: bends, regions}, i) => {
    const top = frame.top + i * height;
    const row = {x: frame.left, y: top + 4, width: frame.right - frame.left, height: height - 8};
    const middle = top + height / 2 + 4;
    const name = view.names?.[i] ?? String(i + 1);
    return [
      element('rect', {...row, 'fill-opacity': 0.45, ...sheet.paint({fill: 'line'})}),
      ticksOf(bends.map(at), row.y, row.height, sheet.paint({stroke: view.families[i]})),
      sheet.text(frame.left - 10, middle, name, {anchor: 'end', width: side - 4}),
      sheet.text(frame.right + 10, middle, count(regions, 'region'), {width: 96}),
    ].join('');
  });
  return sheet.finish(sheet.top + whole, drawn, ...lines);
}

const tooLow = ({top, height}: Sheet, least: number): never =>
  fail(WHO, `height must be at least ${Math.ceil(top + least)}`, height, 'Leave it out for what the picture needs.');
