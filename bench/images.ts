/** Mixing the channels of images: by signs and transform with a pair, which have no weights but slopes, and by a 1x1 convolution. */

import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {type BackendName, start} from './backends';
import {compare, type Effort, type Timing} from './compare';
import {markdownTable, ratio, time} from './format';
import {spread} from './kernels';
import {ROOT} from './machine';
import {recordIn} from './record';
import {provenanceText} from './report';
import type {Results} from './results';

const [BATCH, SIDE] = [32, 7];
const CHANNELS = [32, 256, 512];
/** Those of Node on which such networks are trained. */
export const IMAGE_BACKENDS: BackendName[] = ['wasm', 'tensorflow'];

export interface ImageRow {
  backend: BackendName;
  what: 'forward' | 'forward and backward';
  channels: number;
  parameters: {ours: number; convolution: number};
  ours: Timing;
  convolution: Timing;
}

export type ImageResults = Omit<Results, 'backends' | 'missing'> & {rows: ImageRow[]};

export const IMAGE_HEADER = [
  'backend',
  'x',
  'what',
  'transform and pair',
  'weights',
  'conv2d 1x1, relu',
  'weights',
  'ratio',
];

/** Starts a backend, and measures all shapes on it; `done` is told of each row. Its version, if it has one. */
export async function measureImages(
  backend: BackendName,
  effort: Effort,
  done: (row: ImageRow) => void,
): Promise<string | undefined> {
  const {version} = await start(backend);
  if (backend === 'wasm') await import('tfjs-piecewise/wasm/convolution'); // or the rival could not be trained
  for (const channels of CHANNELS) {
    const shape: [number, number, number, number] = [BATCH, SIDE, SIDE, channels];
    const x = tf.tensor4d(spread(tf.util.sizeFromShape(shape), -1, 1), shape);
    const pair = pw.layers.reluPair({sharedAxes: [1, 2]});
    const layers = {
      ours: pw.layers.whtProjection({units: channels, seed: 1, randomBias: 0, activation: pair}),
      convolution: tf.layers.conv2d({filters: channels, kernelSize: 1, useBias: false, activation: 'relu'}),
    };
    const row = (what: ImageRow['what'], times: Record<keyof typeof layers, Timing>) => {
      const parameters = {ours: layers.ours.countParams(), convolution: layers.convolution.countParams()};
      done({backend, what, channels, parameters, ...times});
    };
    const dy = tf.tensor4d(spread(x.size, -1, 1).reverse(), shape);
    const forward = (layer: tf.layers.Layer) => ({run: () => tf.dispose(layer.apply(x) as tf.Tensor)});
    // As between two layers: the derivatives by x and by the weights, of an output whose derivative is given.
    const backward = (layer: tf.layers.Layer) => {
      const byX = tf.valueAndGrads((input) => layer.apply(input) as tf.Tensor);
      const inputs = () => [x, ...layer.trainableWeights.map((weight) => weight.read())];
      return {run: () => tf.dispose(byX(inputs(), dy) as object as tf.TensorContainer)};
    };
    const {ours, convolution} = layers;
    row('forward', await compare({ours: forward(ours), convolution: forward(convolution)}, effort));
    row('forward and backward', await compare({ours: backward(ours), convolution: backward(convolution)}, effort));
    tf.dispose([x, dy]);
    for (const layer of Object.values(layers)) layer.dispose();
  }
  return version;
}

export function imageCells({backend, what, channels, parameters, ours, convolution}: ImageRow): string[] {
  const count = (n: number) => n.toLocaleString('en-US');
  return [
    ...[backend, `[${BATCH}, ${SIDE}, ${SIDE}, ${channels}]`, what],
    ...[time(ours), count(parameters.ours), time(convolution), count(parameters.convolution), ratio(convolution, ours)],
  ];
}

const INTRODUCTION = [
  '# Mixing the channels of images, measured',
  '',
  '<!-- Written by `npm run bench -- --images`: do not edit. -->',
  '',
  '`npm run bench -- --images` writes this page: a transform over the channels with a ReLU pair that positions share, against the',
  '1x1 convolution with ReLU of tfjs. The two take turns in one process; the last column tells how many times as long the convolution',
  "takes. Backward gives the derivatives by input and weights; on wasm that by the convolution's filter is of",
  '`tfjs-piecewise/wasm/convolution`, for tfjs has none.',
];

/** Keeps the results of a whole run, and writes the page of all machines; its path from the root of the project. */
export const recordImages = (results: ImageResults): string =>
  recordIn(path.join(ROOT, 'bench/results/images'), results, INTRODUCTION, ({rows, ...rest}: ImageResults) => [
    ...provenanceText(rest).map((line) => `- ${line}`),
    '',
    ...markdownTable(IMAGE_HEADER, rows.map(imageCells)),
  ]);
