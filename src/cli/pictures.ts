import {join} from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import {type LinearRegions2d, type LinearRegions2dArgs, linearRegions2d} from '../analysis';
import {LimitReached} from '../errors';
import {replaceFiles} from '../node/replace_files';
import * as plot from '../plot';
import {learnedPairs} from '../plot/learned_pairs';
import {makeFolder} from './make_folder';
import type {Regions} from './regions';
import type {Samples} from './samples';

/** More than these take long to find, and are too small to be seen. */
const MAX_POLYGONS = 4_000;

/** By which the importance of units is measured. */
const MOST_SAMPLES = 128;

/** Writes the pictures of a report, all or none; their paths. A model of one input has no plane to draw. */
export async function writePictures(
  folder: string,
  model: tf.LayersModel,
  regions: Regions,
  samples: Samples,
): Promise<string[]> {
  const hasPlane = samples.ranges.length > 1;
  const pairs = await learnedPairs(model, 'report');
  const contents = {
    ...(hasPlane ? {'regions.svg': await regionsPicture(model, samples)} : {}),
    'breakpoints.svg': plot.breakpoints(regions.segments),
    'network.svg': await plot.network(model, {samples: samples.some(MOST_SAMPLES)}),
    ...(pairs.length > 0 ? {'slopes.svg': await plot.slopes(model)} : {}),
  };
  const files = Object.entries(contents).map(([name, content]) => ({path: join(folder, name), content}));
  await makeFolder(folder, 'report', '--svg');
  await replaceFiles(files);
  return files.map(({path}) => path);
}

type View = Pick<LinearRegions2dArgs, 'plane' | 'x' | 'y'> & Pick<plot.RegionsOptions, 'xName' | 'yName' | 'marks'>;

/** The regions in a window around the samples, which is halved until the picture has few enough polygons. */
async function regionsPicture(model: tf.LayersModel, samples: Samples): Promise<string> {
  const shape = model.inputs[0].shape.slice(1);
  let view = shape.length === 1 && shape[0] === 2 ? windowOf(samples) : planeThrough(samples);
  for (;;) {
    const found = await regionsIn(model, view);
    if (found) return plot.regions(found, optionsOf(view));
    view = {...view, x: halved(view.x), y: halved(view.y)};
  }
}

const optionsOf = ({plane, ...options}: View): plot.RegionsOptions => options;

/** null if there are too many. */
async function regionsIn(model: tf.LayersModel, {x, y, plane}: View): Promise<LinearRegions2d | null> {
  try {
    return await linearRegions2d(model, {x, y, plane, maxPolygons: MAX_POLYGONS});
  } catch (error) {
    if (error instanceof LimitReached) return null;
    throw error;
  }
}

function windowOf({ranges: [x, y]}: Samples): View {
  return {x, y, xName: 'first input', yName: 'second input'};
}

/** The plane in which three samples a, b, c lie at (0, 0), (1, 0), (0, 1). */
function planeThrough({draw}: Samples): View {
  const [a, b, c] = draw(3);
  const minus = (point: number[]) => point.map((value, i) => value - a[i]);
  return {
    plane: {origin: a, u: minus(b), v: minus(c)},
    x: [-0.25, 1.25],
    y: [-0.25, 1.25],
    xName: 'from sample a to sample b',
    yName: 'from sample a to sample c',
    marks: [
      {x: 0, y: 0, name: 'a'},
      {x: 1, y: 0, name: 'b'},
      {x: 0, y: 1, name: 'c'},
    ],
  };
}

function halved([low, high]: plot.Range): plot.Range {
  return [(3 * low + high) / 4, (low + 3 * high) / 4];
}
