import type * as tf from '@tensorflow/tfjs';
import {callsOf} from '../model_graph';
import {type Columns, inputsOf, widthOf} from './data/columns';

type Range = readonly [low: number, high: number];

/** Where the inputs of a model lie, by what the model itself says of the data that it was trained on. */
export interface InputBox {
  /** How it is known, in words. */
  about: string;
  /** The range of each input. */
  ranges: readonly Range[];
  /** Inputs of which one is 1 and the others are 0: the words of a category. */
  words: readonly {first: number; count: number}[];
}

const DEVIATIONS = 2;

/** The box of the ranges in the metadata, which `fitCurve` writes, or of the moments that a normalization keeps; else [-1, 1]. */
export function inputBox(model: tf.LayersModel, inputs: number): InputBox {
  const {ranges, table} = (model.getUserDefinedMetadata() ?? {}) as {ranges?: Range[]; table?: Columns};
  if (Array.isArray(ranges) && ranges.length === inputs && ranges.every(isRange)) {
    const shown = inputs === 1 ? ` [${ranges[0].map((end) => Number(end.toPrecision(7))).join(', ')}]` : 's';
    return {about: `random points of the range${shown} in the metadata of the model`, ranges, words: []};
  }
  const normalization = normalizationOf(model);
  const moments = normalization && momentsOf(normalization, inputs);
  const known = moments && around(moments);
  if (!known) return {about: 'random points of [-1, 1]', ranges: new Array<Range>(inputs).fill([-1, 1]), words: []};
  const words = Array.isArray(table?.columns) && inputsOf(table.columns) === inputs ? wordsOf(table) : [];
  const ofWords = words.length > 0 ? ', with one word of each category' : '';
  const about = `random points within ${DEVIATIONS} standard deviations of the means in layer ${normalization.name}${ofWords}`;
  return {about, words, ranges: known.map((range, i) => (words.some((word) => isOf(word, i)) ? [0, 1] : range))};
}

const isRange = (range: unknown): boolean =>
  Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1];

const isOf = ({first, count}: InputBox['words'][number], input: number) => input >= first && input < first + count;

/** The normalization by kept moments that reads the input, if there is one. */
function normalizationOf(model: tf.LayersModel): tf.layers.Layer | null {
  const readers = callsOf(model, 'report').calls.filter(({reads}) => reads.includes(0));
  return readers.find(({layer}) => layer.getClassName() === 'BatchNormalization')?.layer ?? null;
}

interface Moments {
  means: readonly number[];
  deviations: readonly number[];
}

/** What a normalization that reads the input of a model keeps of the data that it was trained on, of each input; null if there is none. */
export function inputMoments(model: tf.LayersModel, inputs: number): Moments | null {
  const layer = normalizationOf(model);
  return layer && momentsOf(layer, inputs);
}

/** null if they are not of the last axis. */
function momentsOf(layer: tf.layers.Layer, inputs: number): Moments | null {
  const weights = layer.getWeights();
  const [means, variances] = weights.slice(-2).map((weight) => weight.dataSync<'float32'>());
  const [axis] = [(layer.getConfig() as {axis: number | number[]}).axis].flat(); // Keras writes lists
  const rank = (layer.inputSpec?.[0].ndim ?? 2) - 1;
  if ((axis !== -1 && axis !== rank) || inputs % means.length !== 0) return null;
  const places = Array.from({length: inputs}, (_, i) => i % means.length);
  return {means: places.map((i) => means[i]), deviations: places.map((i) => Math.sqrt(variances[i]))};
}

/** null if the numbers are not finite. */
function around({means, deviations}: Moments): Range[] | null {
  const ranges = means.map((mean, i): Range => [mean - DEVIATIONS * deviations[i], mean + DEVIATIONS * deviations[i]]);
  return ranges.every(isRange) ? ranges : null;
}

function wordsOf({columns}: Columns): {first: number; count: number}[] {
  let first = 0;
  return columns.flatMap((column) => {
    const count = widthOf(column);
    first += count;
    return column.kind === 'category' ? [{first: first - count, count}] : [];
  });
}
