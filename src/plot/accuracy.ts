import {fail, type Names, requireOneOf, requireText} from '../errors';
import {area} from './axes';
import type {Role} from './color';
import {type Placed, placeLabels} from './place_labels';
import {type Range, rangeOf, shortNumber} from './scale';
import {type PlotOptions, type Sheet, sheetFor} from './sheet';
import {element, line, rounded, tooltip} from './svg';
import {widthOf} from './text';

/** A trained model, or the mean of some. */
export interface AccuracyRow {
  /** Rows of one family are joined by a line. Rivals are orange, the others blue, each family with marks of its own. */
  family: string;
  /** How many there are, above 0. */
  parameters: number;
  /** Accuracy as a share from 0 to 1, or an error. */
  mean: number;
  /** Standard deviation; null or left out for a single run. */
  sd?: number | null;
  /** Stands beside the mark. */
  label?: string;
}

/** Options of {@link accuracy}. */
export interface AccuracyOptions extends PlotOptions {
  /** 'accuracy': shares, shown in %, more is better; 'error': numbers from 0 on, less is better. Default: 'accuracy'. */
  metric?: 'accuracy' | 'error';
  /** What the families are called in the legend. Default: their names. */
  familyNames?: {readonly [family: string]: string};
  /** Families to compare with, in the colour of dense networks. Default: ['dense']. */
  rivals?: readonly string[];
  /** Default: 'trainable parameters'. */
  xName?: string;
  /** Default: the metric. */
  yName?: string;
}

const OPTIONS: Names<Omit<AccuracyOptions, keyof PlotOptions>> = {
  metric: true,
  familyNames: true,
  rivals: true,
  xName: true,
  yName: true,
};

const WHO = 'plot.accuracy';
/** From this ratio on errors stand on a scale of powers of ten. */
const FAR = 20;
const LABEL = 11;

/**
 * Accuracy or error of models of several families against their parameters: SVG text.
 *
 * Parameters are on a scale of powers of ten; lines join each family, whiskers are one standard deviation. Labels stand where
 * they cover nothing; one that finds no place is left to the tooltip of its mark.
 *
 * For a fair comparison of families at equal sizes.
 *
 * @throws If there are no rows, or a number is out of its range.
 *
 * @example
 * const rows = [
 *   {family: 'wht', parameters: 9482, mean: 0.8775, sd: 0.002, label: '1024 x 4'},
 *   {family: 'dense', parameters: 9550, mean: 0.858, sd: 0.003, label: '12'},
 *   {family: 'dense', parameters: 19090, mean: 0.871, sd: 0.001, label: '24'},
 * ];
 * const svg = pw.plot.accuracy(rows, {title: 'Fashion-MNIST', familyNames: {wht: 'Walsh-Hadamard'}});
 */
export function accuracy(rows: readonly AccuracyRow[], options?: AccuracyOptions): string {
  const metric = requireOneOf(options?.metric ?? 'accuracy', 'metric', WHO, ['accuracy', 'error']);
  checkRows(rows, metric);
  const families = [...new Set(rows.map(({family}) => family))];
  const sheet = sheetFor(WHO, options, OPTIONS, {
    title: `${metric === 'accuracy' ? 'Accuracy' : 'Error'} against parameters`,
    description: rows.some(({sd}) => sd) ? 'Whiskers: one standard deviation.' : '',
  });
  const rivals = requireRivals(options?.rivals ?? ['dense']);
  const look: Look = {families, roleOf: (family) => (rivals.includes(family) ? 'dense' : 'ours')};
  const xName = options?.xName ?? 'trainable parameters';
  const entries = legend(sheet, look, options?.familyNames ?? {});
  const bottom = sheet.height ?? entries.bottom + Math.round(sheet.width * (sheet.width < 480 ? 0.9 : 0.58));
  if (bottom - entries.bottom < 150) {
    fail(WHO, `height must be at least ${Math.ceil(entries.bottom + 150)}`, sheet.height, 'Leave it out.');
  }
  const ends = rows.flatMap(({mean, sd}) => [mean - (sd ?? 0), mean + (sd ?? 0)]);
  const drawn = area(
    sheet,
    {left: sheet.left, right: sheet.right, top: entries.bottom + 4, bottom: bottom - 6},
    {
      domain: widened(rangeOf(rows.map(({parameters}) => parameters))),
      log: true,
      name: xName,
      format: (value) => value.toLocaleString('en'),
    },
    yAxis(metric, ends, options?.yName ?? metric),
  );
  return sheet.finish(bottom, entries.drawn, ...points(sheet, rows, look, {drawn, metric, xName}));
}

function requireRivals(rivals: readonly string[]): readonly string[] {
  if (Array.isArray(rivals) && rivals.every((family) => typeof family === 'string')) return rivals;
  return fail(WHO, 'rivals must be a list of families', rivals, "For example {rivals: ['dense', 'small CNN']}.");
}

function checkRows(rows: readonly AccuracyRow[], metric: string): void {
  const fix = 'Give {family, parameters, mean, sd, label}.';
  if (!Array.isArray(rows) || rows.length === 0)
    fail(WHO, 'rows must be a list of at least one row', Array.isArray(rows) ? 'an empty list' : rows, fix);
  for (const [i, row] of rows.entries()) {
    requireText(row?.family, `rows[${i}].family`, WHO, 'dense');
    if (row.label !== undefined && row.label !== null) requireText(row.label, `rows[${i}].label`, WHO, '1024 x 4');
    const check = (holds: boolean, name: string, expected: string, value: unknown) =>
      holds || fail(WHO, `rows[${i}].${name} must be ${expected}`, value, fix);
    const {parameters, mean, sd} = row;
    check(Number.isFinite(parameters) && parameters > 0, 'parameters', 'a number > 0', parameters);
    const isShare = metric === 'accuracy';
    const inRange = Number.isFinite(mean) && mean >= 0 && (!isShare || mean <= 1);
    check(inRange, 'mean', isShare ? 'a share from 0 to 1' : 'a number >= 0', mean);
    check(sd === undefined || sd === null || (Number.isFinite(sd) && sd >= 0), 'sd', 'a number >= 0, or null', sd);
  }
}

/** On a scale of powers of ten, also around a single number. */
const widened = ([low, high]: Range): Range => {
  const room = Math.max((high / low) ** 0.08, 1.15);
  return [Math.max(low, 1e-9) / room, high * room];
};

function yAxis(metric: 'accuracy' | 'error', ends: readonly number[], name: string) {
  const [low, high] = rangeOf(ends, 0.1);
  if (metric === 'accuracy') {
    const domain: Range = [Math.max(0, low), Math.min(1, high)];
    return {domain, name: `${name}, %`, format: (value: number) => shortNumber(100 * value)};
  }
  const positive = ends.filter((end) => end > 0);
  const log = positive.length === ends.length && Math.max(...ends) / Math.min(...ends) > FAR;
  return log ? {domain: widened(rangeOf(ends)), log, name} : {domain: [Math.max(0, low), high] as Range, name};
}

/** A line as small squares. */
function alongLine(all: readonly (readonly [x: number, y: number])[]): Placed[] {
  return all.slice(1).flatMap(([x2, y2], i) => {
    const [x1, y1] = all[i];
    const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 4);
    return Array.from({length: steps + 1}, (_, k) => {
      const [x, y] = [x1 + (k / steps) * (x2 - x1), y1 + (k / steps) * (y2 - y1)];
      return {left: x - 2, right: x + 2, top: y - 2, bottom: y + 2};
    });
  });
}

interface Look {
  families: readonly string[];
  roleOf: (family: string) => Role;
}

/** Marks of families that share a colour. */
const MARKS: readonly ((size: number) => string)[] = [
  (s) => `M${-s} 0a${s} ${s} 0 1 0 ${2 * s} 0a${s} ${s} 0 1 0 ${-2 * s} 0Z`,
  (s) => `M0 ${-1.3 * s}L${1.3 * s} 0L0 ${1.3 * s}L${-1.3 * s} 0Z`,
  (s) => `M${-s} ${-s}h${2 * s}v${2 * s}h${-2 * s}Z`,
  (s) => `M0 ${-1.2 * s}L${1.2 * s} ${s}H${-1.2 * s}Z`,
];

function mark(sheet: Sheet, family: string, {families, roleOf}: Look, x: number, y: number, tip = ''): string {
  const alike = families.filter((other) => roleOf(other) === roleOf(family));
  const place = alike.indexOf(family);
  // After the four filled ones, hollow ones.
  const hollow = place % 8 >= 4;
  const color = hollow ? {fill: 'ground' as const, stroke: roleOf(family)} : {fill: roleOf(family)};
  const attributes = {d: MARKS[place % 4](4.5), transform: `translate(${rounded(x)} ${rounded(y)})`};
  return element('path', {...attributes, ...sheet.paint(color)}, tip && tooltip(tip));
}

/** In as many lines as it needs. */
function legend(sheet: Sheet, look: Look, names: {readonly [family: string]: string}) {
  let [x, y] = [sheet.left + 6, sheet.top + 8];
  const drawn = look.families.map((family, i) => {
    const name = names[family] ?? family;
    const width = Math.min(widthOf(name, 12) + 14, sheet.right - sheet.left - 6);
    if (i > 0 && x + width > sheet.right) [x, y] = [sheet.left + 6, y + 20];
    const at = x;
    x += width + 22;
    return mark(sheet, family, look, at, y) + sheet.text(at + 11, y + 4, name, {width: width - 11});
  });
  return {drawn: drawn.join(''), bottom: y + 14};
}

function points(
  sheet: Sheet,
  rows: readonly AccuracyRow[],
  look: Look,
  {drawn: {frame, x, y, drawn}, metric, xName}: {drawn: ReturnType<typeof area>; metric: string; xName: string},
): string[] {
  const {families, roleOf} = look;
  const at = (value: number) => Math.min(frame.bottom, Math.max(frame.top, y(value)));
  const placed = rows.map((row) => ({row, cx: x(row.parameters), cy: at(row.mean)}));
  const lines = families.map((family) => {
    const own = placed.filter(({row}) => row.family === family).sort((a, b) => a.cx - b.cx);
    const stroke = {
      fill: 'none',
      'stroke-width': 1.5,
      'stroke-opacity': 0.45,
      ...sheet.paint({stroke: roleOf(family)}),
    };
    return {points: own.map(({cx, cy}) => [cx, cy] as const), stroke};
  });
  const whiskers = placed.map(({row: {family, mean, sd}, cx}) => {
    if (!sd) return '';
    const d = `M${rounded(cx)} ${rounded(at(mean - sd))}V${rounded(at(mean + sd))}`;
    return element('path', {d, 'stroke-width': 1.5, ...sheet.paint({stroke: roleOf(family)})});
  });
  const shown = (value: number) => (metric === 'accuracy' ? `${(100 * value).toFixed(2)} %` : shortNumber(value, 3));
  const marks = placed.map(({row, cx, cy}) => {
    const {family, label, parameters, mean, sd} = row;
    const spread = sd ? ` ± ${shown(sd)}` : '';
    const tip = `${label ?? family}: ${shown(mean)}${spread}, ${parameters.toLocaleString('en')} ${xName}`;
    return mark(sheet, family, look, cx, cy, tip);
  });
  const taken: Placed[] = placed.flatMap(({row: {mean, sd}, cx, cy}) => [
    {left: cx - 7, right: cx + 7, top: cy - 7, bottom: cy + 7},
    {left: cx - 2, right: cx + 2, top: at(mean + (sd ?? 0)), bottom: at(mean - (sd ?? 0))},
  ]);
  const wanted = placed
    .filter(({row}) => row.label)
    .map(({row, cx, cy}) => ({x: cx, y: cy, width: widthOf(row.label!, LABEL), height: LABEL + 3, row}));
  const labels = placeLabels(
    wanted,
    taken,
    lines.flatMap((each) => alongLine(each.points)),
    frame,
  ).map(({label: {row}, place}) =>
    sheet.text(place.left, place.bottom - 3.5, row.label!, {size: LABEL, role: roleOf(row.family), halo: true}),
  );
  return [
    drawn,
    ...lines.map(({points: all, stroke}) => element('path', {d: line(all), ...stroke})),
    ...whiskers,
    ...marks,
    ...labels,
  ];
}
