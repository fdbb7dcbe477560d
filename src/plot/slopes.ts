import type * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';
import {area} from './axes';
import {type LayerPairs, learnedPairs, type Pair} from './learned_pairs';
import {count, type Range} from './scale';
import {type PlotOptions, type Sheet, sheetFor} from './sheet';
import {element, rounded} from './svg';
import {widthOf} from './text';

/** Options of {@link slopes}. */
export interface SlopesOptions extends PlotOptions {}

const WHO = 'plot.slopes';
/** A panel is at least as wide. */
const PANEL = 200;
const HEADING = 40;

/**
 * The learned slope pairs of a model, a panel for each layer and a point for each unit: SVG text.
 *
 * To the right is the slope below zero, upwards that above. On the dashed line the two are equal, and the unit does not bend; the
 * farther from it, the more it does. Rings mark what the points of fixed activations are: ReLU (0, 1), |x| (-1, 1).
 *
 * To see whether training has used its pairs: points that left their start, units that became straight.
 *
 * @returns A promise, because some backends give weights in no other way.
 * @throws If a layer is not piecewise linear, or none has learned pairs.
 *
 * @example
 * const layers = [pw.layers.whtProjection({units: 64, inputShape: [2]}), pw.layers.reluPair(), tf.layers.dense({units: 1})];
 * const svg = await pw.plot.slopes(tf.sequential({layers}));
 */
export async function slopes(model: tf.LayersModel, options?: SlopesOptions): Promise<string> {
  const layers = await learnedPairs(model, WHO);
  if (layers.length === 0) {
    fail(
      WHO,
      'the model must have learned slope pairs',
      'none',
      'pw.layers.reluPair has them; see plot.network for waves.',
    );
  }
  const total = layers.reduce((sum, {pairs}) => sum + pairs.length, 0);
  const sheet = sheetFor(
    WHO,
    options,
    {},
    {
      title: count(total, 'learned slope pair'),
      description: 'On the dashed line a unit does not bend; the farther from it, the more it does.',
    },
  );
  const most = layers.flatMap(({pairs}) => pairs.flat()).reduce((max, slope) => Math.max(max, Math.abs(slope)), 1);
  return panels(sheet, layers, [-1.12 * most, 1.12 * most]);
}

function panels(sheet: Sheet, layers: readonly LayerPairs[], domain: Range): string {
  const gap = 24;
  const room = sheet.right - sheet.left;
  const columns = Math.max(1, Math.min(layers.length, Math.floor((room + gap) / (PANEL + gap))));
  // A single panel as wide as the sheet would be too high.
  const width = Math.min(420, (room - gap * (columns - 1)) / columns);
  const lines = Math.ceil(layers.length / columns);
  const usual = width + HEADING + 34;
  const height = sheet.height === undefined ? usual : (sheet.height - sheet.top - 8) / lines;
  const least = HEADING + 150;
  if (height < least) {
    fail(WHO, `height must be at least ${Math.ceil(sheet.top + 8 + lines * least)}`, sheet.height, 'Leave it out.');
  }
  const drawn = layers.map((layer, i) => {
    const left = sheet.left + (i % columns) * (width + gap);
    const top = sheet.top + Math.floor(i / columns) * height;
    const {pairs, units} = layer;
    const detail =
      pairs.length === units ? count(units, 'pair') : `${count(pairs.length, 'pair')} on ${count(units, 'unit')}`;
    const box = {left, right: left + width, top: top + HEADING, bottom: top + height - 12};
    return [
      sheet.text(left, top + 14, layer.layer, {bold: true, width}),
      sheet.text(left, top + 30, detail, {role: 'quiet', width}),
      panel(sheet, pairs, area(sheet, box, {domain, name: 'slope below 0'}, {domain, name: 'slope above 0'})),
    ].join('');
  });
  return sheet.finish(sheet.top + lines * height + 8, ...drawn);
}

function panel(sheet: Sheet, pairs: readonly Pair[], {frame, x, y, drawn}: ReturnType<typeof area>): string {
  const [low, high] = x.domain;
  const size = pairs.length > 300 ? 2 : 3;
  const opacity = Math.max(0.12, Math.min(0.8, 12 / Math.sqrt(pairs.length)));
  // One path of dots: a hundred thousand circles would be slow to show.
  const dots = pairs.map(([negative, positive]) => `M${rounded(x(negative))} ${rounded(y(positive))}h0`).join('');
  const diagonal = `M${rounded(x(low))} ${rounded(y(low))}L${rounded(x(high))} ${rounded(y(high))}`;
  const overlapping = {'stroke-width': 2 * size, 'stroke-linecap': 'round', 'stroke-opacity': opacity};
  const rings = [
    {pair: [0, 1], name: 'ReLU'},
    {pair: [-1, 1], name: '|x|'},
  ].map(({pair: [negative, positive], name}) => {
    const [cx, cy] = [x(negative), y(positive)];
    const above = cy - 10 > frame.top + 10;
    const at = Math.max(frame.left + widthOf(name, 12, true) / 2 + 2, cx);
    return (
      element('circle', {cx, cy, r: 5.5, fill: 'none', 'stroke-width': 1.5, ...sheet.paint({stroke: 'dense'})}) +
      sheet.text(at, above ? cy - 10 : cy + 18, name, {role: 'dense', anchor: 'middle', halo: true, bold: true})
    );
  });
  return [
    drawn,
    element('path', {d: diagonal, 'stroke-dasharray': '4 4', ...sheet.paint({stroke: 'quiet'})}),
    pairs.length > 0 ? dotsPath(sheet, dots, overlapping) : '',
    ...rings,
  ].join('');
}

const dotsPath = (sheet: Sheet, d: string, attributes: object) =>
  element('path', {d, fill: 'none', ...attributes, ...sheet.paint({stroke: 'ours'})});
