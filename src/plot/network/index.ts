import type * as tf from '@tensorflow/tfjs';
import {readPiecewiseLinear} from '../../analysis/piecewise_linear/read_model';
import type {Names} from '../../errors';
import {leavesOf} from '../../model_graph';
import {requireTexts} from '../arguments';
import {count} from '../scale';
import {type PlotOptions, type Sheet, sheetFor} from '../sheet';
import {element, rounded, tooltip} from '../svg';
import {sizeOfValue} from './flow';
import {importanceOf} from './importance';
import {CAPTION, captionsFit, layoutOf, type PlacedRow} from './layout';
import {type Samples, samplesFor} from './samples';
import {sideTexts} from './side_texts';
import {fade, pile, tile, viewOf} from './tile';
import {type Links, linksOf, rowsOf} from './units';

/** Options of {@link network}. */
export interface NetworkOptions extends PlotOptions {
  /**
   * Inputs by which the importance of the units is measured: a tensor whose first axis counts them, or a list of points. Default:
   * standard normal numbers, or where an input goes straight into a wave, uniform ones from its domain.
   */
  samples?: Samples;
  /** One for each input. Default: 'x1', 'x2', ... */
  inputNames?: readonly string[];
  /** One for each output. Default: 'y1', 'y2', ... */
  outputNames?: readonly string[];
}

const OPTIONS: Names<Omit<NetworkOptions, keyof PlotOptions>> = {samples: true, inputNames: true, outputNames: true};

const WHO = 'plot.network';

/**
 * A model as its learned functions, each at its place: SVG text.
 *
 * From the inputs at the top to the outputs at the bottom, each unit is drawn with its two slopes or its wave, blue where they are
 * learned and orange where they are fixed, and faded by its importance: standard deviation of the unit times the root mean square
 * of the derivatives of the outputs by it, over the samples. Links are faded by what they carry. Of a layer with more units than
 * find room, those that matter most are shown, and all others on each other. Of images a unit is a channel.
 *
 * For a look into a trained model: which units matter, which are dead, what they have learned.
 *
 * @returns A promise, because some backends give weights in no other way.
 * @throws If a layer is not known (those of `docs/LAYERS.md` are; sigmoids and the like are, too), or options do not fit the model.
 *
 * Source: after the pictures of Liu et al. 2024, arXiv 2404.19756 (KAN).
 *
 * @example
 * const svg = await pw.plot.network(model, {title: 'What the network has learned'});
 */
export async function network(model: tf.LayersModel, options?: NetworkOptions): Promise<string> {
  const net = await readPiecewiseLinear(model, WHO, undefined, true);
  const total = model.countParams();
  const sheet = sheetFor(WHO, options, OPTIONS, {
    title: `${count(total, 'weight')} in ${count(leavesOf(model).length, 'layer')}`,
    description: 'Blue: learned functions; orange: fixed ones. The fainter, the less it moves the output.',
  });
  const numbers = Array.from({length: net.nodes.length + 1}, (_, value) => sizeOfValue(net, value));
  const perSample = numbers.reduce((sum, n) => sum + n, 0);
  const {samples, rows: sampleRows} = await samplesFor(net, options?.samples, perSample, WHO);
  const importance = importanceOf(net, samples, sampleRows);
  const rows = rowsOf(net, importance);
  const names = {
    inputs: requireTexts(options?.inputNames, 'inputNames', WHO, rows[0].units),
    outputs: requireTexts(options?.outputNames, 'outputNames', WHO, rows[rows.length - 1].units),
  };
  const layout = layoutOf(sheet, rows, WHO);
  const shown = layout.rows.map((row) => row.shown);
  const links = linksOf(net, rows, shown, importance);
  return sheet.finish(
    layout.bottom,
    ...links.map((each) => drawLinks(sheet, each, layout.rows)),
    ...layout.rows.map((placed) =>
      placed.row.kind === 'functions' ? drawFunctions(sheet, placed) : drawDots(sheet, placed, names),
    ),
    sideTexts(sheet, model, net, layout),
  );
}

/** Below this share of the strongest a link would not be seen. */
const FAINTEST = 0.06;

/** From the middle of the lower edge of a unit to that of the upper edge of another. */
function drawLinks(sheet: Sheet, {from, to, strength}: Links, placed: readonly PlacedRow[]): string {
  const [source, target] = [placed[from], placed[to]];
  const most = strength.reduce((max, all) => all.reduce((a, b) => Math.max(a, b), max), 0);
  // Where many carry the same, all of them would be one block.
  const visible = strength.reduce((sum, all) => sum + all.filter((one) => one > 0.5 * most).length, 0);
  const darkest = Math.max(0.16, Math.min(0.5, 6 / Math.sqrt(visible + 100)));
  const paths = strength.flatMap((all, i) =>
    [...all].flatMap((one, k) => {
      const share = one / most;
      if (share < FAINTEST) return [];
      const [a, b] = [source.boxes[i], target.boxes[k]];
      const [x1, x2] = [a.x + a.width / 2, b.x + b.width / 2].map(rounded);
      const start = source.row.kind === 'functions' ? source.bottom : source.bottom + CAPTION;
      const [y1, y2, middle] = [start, target.top, (start + target.top) / 2].map(rounded);
      const d = `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
      return [element('path', {d, 'stroke-opacity': 0.06 + darkest * share ** 1.5})];
    }),
  );
  return element('g', {fill: 'none', ...sheet.paint({stroke: 'quiet'})}, ...paths);
}

const CAPTION_SIZE = 11;
/** All points of the functions that lie on each other: more would make large files of what cannot be told apart. */
const PILE_POINTS = 2000;

function drawFunctions(sheet: Sheet, {row, shown, boxes, rest}: PlacedRow): string {
  const others = restOf(row.units, shown);
  const points = Math.max(...row.functions.slice(0, 64).map(({kinks}) => kinks.length + 2));
  const most = Math.max(4, Math.min(40, Math.floor(PILE_POINTS / points)));
  const piled = evenly(others, most).map((unit) => row.functions[unit]);
  const view = viewOf([...shown.map((unit) => row.functions[unit]), ...piled]);
  const tiles = shown.map((unit, i) =>
    element('g', {}, tooltip(tipOf(row, unit)), tile(sheet, boxes[i], row.functions[unit], view, row.importance[unit])),
  );
  return tiles.join('') + (rest ? pile(sheet, rest, piled, view) + more(sheet, others.length, rest) : '');
}

function tipOf({layer, functions, importance}: PlacedRow['row'], unit: number): string {
  const {slopes} = functions[unit];
  const numbers = [slopes[0], slopes[slopes.length - 1]].map((slope) => slope.toPrecision(3));
  const shape = slopes.length <= 2 ? `slopes ${numbers.join(' and ')}` : `${slopes.length} pieces`;
  return `${layer}, unit ${unit}: ${shape}; importance ${Math.round(100 * importance[unit])} % of the greatest`;
}

/** How many others there are. */
const more = (sheet: Sheet, n: number, {x, y, width, height}: PlacedRow['boxes'][number]) =>
  sheet.text(x + width / 2, y + height + 13, `+${n.toLocaleString('en')}`, {
    role: 'quiet',
    size: CAPTION_SIZE,
    anchor: 'middle',
    halo: true,
  });

/** Inputs and outputs, with their names where these find room. */
function drawDots(
  sheet: Sheet,
  {row, shown, boxes, rest}: PlacedRow,
  names: {inputs?: readonly string[]; outputs?: readonly string[]},
): string {
  const isInput = row.kind === 'inputs';
  const own = isInput ? names.inputs : names.outputs;
  const captions = shown.map((unit) => own?.[unit] ?? `${isInput ? 'x' : 'y'}${unit + 1}`);
  const all = own || captionsFit(captions, boxes, CAPTION_SIZE);
  const pitch = boxes.length > 1 ? boxes[1].x - boxes[0].x : sheet.right - boxes[0].x;
  const dots = shown.map((unit, i) => {
    const {x, y, width, height} = boxes[i];
    const [cx, cy] = [x + width / 2, y + height / 2];
    const caption = {role: 'quiet', size: CAPTION_SIZE, anchor: 'middle', halo: true, width: pitch - 4} as const;
    return [
      element('circle', {cx, cy, r: 5, ...sheet.paint({fill: 'ground'})}),
      element(
        'circle',
        {cx, cy, r: 5, 'fill-opacity': isInput ? fade(row.importance[unit]) : 1, ...sheet.paint({fill: 'ink'})},
        tooltip(captions[i]),
      ),
      all ? sheet.text(cx, y + height + 13, captions[i], caption) : '',
    ].join('');
  });
  const others = row.units - shown.length;
  return dots.join('') + (rest ? dotsOf(sheet, rest) + more(sheet, others, rest) : '');
}

/** Three points: and so on. */
const dotsOf = (sheet: Sheet, {x, y, width, height}: PlacedRow['boxes'][number]) =>
  [-7, 0, 7]
    .map((step) => {
      const [cx, cy] = [x + width / 2 + step, y + height / 2];
      return element('circle', {cx, cy, r: 1.8, ...sheet.paint({fill: 'quiet'})});
    })
    .join('');

function restOf(units: number, shown: readonly number[]): number[] {
  const seen = new Set(shown);
  return Array.from({length: units}, (_, unit) => unit).filter((unit) => !seen.has(unit));
}

const evenly = (all: readonly number[], most: number): number[] =>
  all.length <= most ? [...all] : Array.from({length: most}, (_, i) => all[Math.floor((i * all.length) / most)]);
