/** What there is to see in a model: each part by itself, as some can be read where others cannot. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Dataset} from '../../node/datasets/dataset';
import {normal} from '../random';
import type {Finding, LayerRow, Picture, RegionsView} from './messages';

const WIDTH = 440;
const SAMPLES = 64;
/** More polygons than these are neither seen nor waited for. */
const MOST_POLYGONS = 5_000;
/** Share of the window, until it holds no more than that. */
const ZOOMS = [1, 1 / 4, 1 / 16];
const LEAST_ZOOM = 1 / 64;

export async function* inspect(model: tf.LayersModel, dataset: Dataset | null): AsyncGenerator<Finding> {
  yield {part: 'report', content: await said(() => reportOf(model))};
  yield {part: 'network', content: await said(() => networkOf(model, dataset))};
  yield {part: 'regions', content: await said(() => regionsOf(model, dataset))};
}

/** What was found, or the words of the error. */
async function said<T>(look: () => Promise<T>): Promise<T | string> {
  try {
    return await look();
  } catch (error) {
    return `This cannot be shown. ${(error as Error).message}`;
  }
}

async function reportOf(model: tf.LayersModel): Promise<LayerRow[]> {
  const {layers, total} = await pw.analysis.parameterReport(model);
  return [...layers, {...total, name: 'in all'}].map(({name, parameters, breakpoints, multiplyAdds}) => ({
    layer: name,
    parameters,
    breakpoints,
    multiplyAdds,
  }));
}

async function networkOf(model: tf.LayersModel, dataset: Dataset | null): Promise<Picture> {
  const samples = dataset
    ? tf.tensor(dataset.test.x.slice(0, SAMPLES * sizeOf(model)), [SAMPLES, ...shapeOf(model)])
    : null;
  try {
    const svg = await pw.plot.network(model, {
      width: WIDTH,
      title: model.name,
      background: false,
      ...(samples && {samples}),
    });
    const by = dataset ? `images of ${dataset.name}` : 'random inputs';
    return {svg, caption: `How much a unit matters was measured by ${by}.`};
  } finally {
    samples?.dispose();
  }
}

async function regionsOf(model: tf.LayersModel, dataset: Dataset | null): Promise<Picture> {
  const size = sizeOf(model);
  const look = {width: WIDTH, background: false};
  if (size === 1) {
    const view = {from: [-3], to: [3]};
    const found = await pw.analysis.countLinearRegions(model, {...view, values: true});
    return {svg: pw.plot.breakpoints(found, {...look, x: [-3, 3]}), caption: 'Its one input from -3 to 3.', view};
  }
  if (size === 2) {
    const view = {x: [-2, 2], y: [-2, 2], maxPolygons: MOST_POLYGONS} as const;
    const found = await pw.analysis.linearRegions2d(model, view);
    return {svg: pw.plot.regions(found, look), caption: 'Its two inputs, each from -2 to 2.', view};
  }
  const {points, names} = dataset ? imagesOf(dataset, size) : randomPoints(size);
  const [a, b, c] = points;
  const minus = (p: number[]) => p.map((value, i) => value - a[i]);
  const plane = {origin: a, u: minus(b), v: minus(c)};
  const {found, zoom, view} = await zoomed(model, plane);
  const places = [
    [0, 0],
    [1, 0],
    [0, 1],
  ];
  const marks = places.map(([x, y], i) => ({x, y, name: names[i]}));
  const axes = {xName: `from ${names[0]} to ${names[1]}`, yName: `from ${names[0]} to ${names[2]}`};
  const through = dataset
    ? `A plane through three images of ${dataset.name}`
    : 'A plane through three random inputs: normal numbers of mean 0 and standard deviation 1';
  const part = zoom === 1 ? '' : `; of the whole only its middle, ${1 / zoom} times enlarged, as there are so many`;
  return {svg: pw.plot.regions(found, {...look, ...axes, marks}), caption: `${through}${part}.`, view};
}

/** The triangle of the samples with some room around it, or as much of its middle as can be seen. */
async function zoomed(
  model: tf.LayersModel,
  plane: {origin: number[]; u: number[]; v: number[]},
): Promise<{found: pw.analysis.LinearRegions2d; zoom: number; view: RegionsView}> {
  const look = async (zoom: number) => {
    const window = [0.5 - zoom, 0.5 + zoom] as const;
    const view = {x: window, y: window, maxPolygons: MOST_POLYGONS, plane};
    return {found: await pw.analysis.linearRegions2d(model, view), zoom, view};
  };
  for (const zoom of ZOOMS) {
    try {
      return await look(zoom);
    } catch (error) {
      if (!(error instanceof pw.analysis.LimitReached)) throw error;
    }
  }
  return look(LEAST_ZOOM);
}

/** The first test image of each of three classes. */
function imagesOf({test}: Dataset, size: number): {points: number[][]; names: string[]} {
  const labels = [0, 1, 2].map((i) => test.y.indexOf(i));
  const points = labels.map((i) => Array.from(test.x.subarray(i * size, (i + 1) * size)));
  return {points, names: ['0', '1', '2'].map((label) => `class ${label}`)};
}

function randomPoints(size: number): {points: number[][]; names: string[]} {
  const next = normal(1);
  const points = [0, 1, 2].map(() => Array.from({length: size}, next));
  return {points, names: ['sample A', 'sample B', 'sample C']};
}

const shapeOf = (model: tf.LayersModel) => model.inputs[0].shape.slice(1) as number[];

const sizeOf = (model: tf.LayersModel) => tf.util.sizeFromShape(shapeOf(model));
