/** How long the exact instruments take: it should grow with breakpoints times layers, and not faster. */

import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {compare, type Effort, type Timing} from './compare';
import {markdownTable, time} from './format';
import {NETWORK_HEADER, type NetworkRow, networkCells} from './image_networks';
import {spread} from './kernels';
import {ROOT} from './machine';
import {recordIn} from './record';
import {provenanceText} from './report';
import type {Results} from './results';

export interface InstrumentRow {
  what: 'regions along a segment' | 'parameter report';
  network: string;
  units: number;
  layers: number;
  cells: number | null;
  time: Timing;
}

export type InstrumentResults = Omit<Results, 'backends' | 'missing'> & {rows: InstrumentRow[]; images?: NetworkRow[]};

export const INSTRUMENT_HEADER = ['instrument', 'network', 'units', 'layers', 'cells', 'time', 'a cell and layer'];

const dense = (units: number, seed: number, activation?: 'relu') =>
  tf.layers.dense({
    units,
    ...(activation && {activation}),
    kernelInitializer: tf.initializers.heNormal({seed}),
    biasInitializer: tf.initializers.randomNormal({stddev: 0.1, seed: seed + 100}),
  });

function network(inputs: number, layers: tf.layers.Layer[]): tf.Sequential {
  return tf.sequential({layers: [tf.layers.inputLayer({inputShape: [inputs]}), ...layers]});
}

function deep(depth: number): tf.Sequential {
  const hidden = Array.from({length: depth}, (_, seed) => dense(128, seed + 1, 'relu'));
  return network(16, [...hidden, dense(4, 50)]);
}

function classifier(): tf.Sequential {
  return network(784, [dense(512, 1, 'relu'), dense(512, 2, 'relu'), dense(10, 3)]);
}

/** Units of the fast transform, whose layers are as wide as a computer can hold. */
function wide(layers: number, units: number): tf.Sequential {
  const blocks = Array.from({length: layers}, (_, seed) => [
    pw.layers.whtProjection({units, seed}),
    pw.layers.reluPair({initializer: 'uniform', seed}),
  ]);
  return network(784, [...blocks.flat(), pw.layers.whtProjection({units: 10, seed: 50})]);
}

/** Convolutions with normalization and relu6, as in MobileNet: 8 to 32 channels of images of 32 x 32 x 3. */
function images(): tf.Sequential {
  const blocks = Array.from({length: 20}, (_, i) => [
    tf.layers.conv2d({
      filters: [8, 16, 32][Math.floor(i / 7)],
      kernelSize: 3,
      strides: i === 7 || i === 14 ? 2 : 1,
      padding: 'same',
      useBias: false,
      kernelInitializer: tf.initializers.heNormal({seed: i + 1}),
      ...(i === 0 && {inputShape: [32, 32, 3]}),
    }),
    tf.layers.batchNormalization({betaInitializer: tf.initializers.randomNormal({stddev: 0.1, seed: i + 100})}),
    tf.layers.reLU({maxValue: 6}),
  ]);
  const end = [tf.layers.globalAveragePooling2d({dataFormat: 'channelsLast'}), dense(10, 50)];
  return tf.sequential({layers: [...blocks.flat(), ...end]});
}

interface Case {
  name: string;
  model: tf.Sequential;
  units: number;
  layers: number;
  /** Parts of one segment. */
  shares: number[];
}

function cases(quick: boolean): Case[] {
  const hidden = [2, 4, 8].map((layers) => ({
    name: '16, 128 wide, 4',
    model: deep(layers),
    units: 128 * layers,
    layers,
    shares: [0.25, 0.5, 1],
  }));
  const large = [
    {name: '784, transforms, 10', model: wide(1, 2 ** 17), units: 2 ** 17, layers: 1, shares: [1 / 1024, 1 / 256]},
    {name: '784, transforms, 10', model: wide(4, 2 ** 15), units: 2 ** 17, layers: 4, shares: [1 / 1024, 1 / 256]},
  ];
  const last = {name: '32x32x3, 20 convolutions, 10', model: images(), units: 98_304, layers: 20, shares: [1e-4, 1e-3]};
  const whole = {name: '784-512-512-10', model: classifier(), units: 1024, layers: 2, shares: [1]};
  return [...hidden, whole, ...(quick ? [] : [...large, last])];
}

/** Measures all instruments; `done` is told of each row. */
export async function measureInstruments(
  effort: Effort,
  quick: boolean,
  done: (row: InstrumentRow) => void,
): Promise<void> {
  await tf.setBackend('cpu');
  for (const {name, model, units, layers, shares} of cases(quick)) {
    const size = tf.util.sizeFromShape(model.inputs[0].shape.slice(1) as number[]);
    const from = [...spread(size, -1, 1)];
    const end = [...spread(size, -1, 1)].reverse();
    const segments = shares.map((share) => ({from, to: from.map((x, i) => x + share * (end[i] - x))}));
    const count = (i: number) => pw.analysis.countLinearRegions(model, segments[i]);
    const times = await compare(Object.fromEntries(segments.map((_, i) => [i, {run: () => count(i)}])), effort);
    for (const i of segments.keys()) {
      const {activationCells: cells} = await count(i);
      done({what: 'regions along a segment', network: name, units, layers, cells, time: times[i]});
    }
    if (name === '784-512-512-10') {
      const {report} = await compare({report: {run: () => pw.analysis.parameterReport(model)}}, effort);
      done({what: 'parameter report', network: name, units, layers, cells: null, time: report});
    }
    model.dispose();
  }
}

export function instrumentCells({what, network, units, layers, cells, time: own}: InstrumentRow): string[] {
  const each = cells === null ? '' : time({...own, median: own.median / (cells * layers)});
  return [what, network, units.toLocaleString('en'), `${layers}`, cells?.toLocaleString('en') ?? '', time(own), each];
}

const INTRODUCTION = [
  '# Exact instruments, measured',
  '',
  '<!-- Written by `npm run bench -- --instruments`: do not edit. -->',
  '',
  '`npm run bench -- --instruments` writes this page. Cells are activation cells of the segment. The last column stays the',
  'same where the cost grows linearly with breakpoints times layers; ~ is a single run.',
  '',
  'Networks of images, 32 x 32 x 3: each row is one run in a process of its own: its processor time, the most memory that it',
  'held, and what it held before, with Node, TensorFlow.js and the model. With `--keras PYTHON` they come from Keras, too.',
];

/** Keeps the results of a whole run, and writes the page of all machines; its path from the root of the project. */
export const recordInstruments = (results: InstrumentResults): string =>
  recordIn(
    path.join(ROOT, 'bench/results/instruments'),
    results,
    INTRODUCTION,
    ({rows, images = [], ...rest}: InstrumentResults) => [
      ...provenanceText(rest).map((line) => `- ${line}`),
      '',
      ...markdownTable(INSTRUMENT_HEADER, rows.map(instrumentCells)),
      ...(images.length > 0 ? ['', ...markdownTable(NETWORK_HEADER, images.map(networkCells))] : []),
    ],
  );
