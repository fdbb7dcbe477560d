/** The process of one measurement: its argument is the job, the last line that it prints the result. */

import {readFileSync} from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {spread} from '../kernels';

const {parameterReport, countLinearRegions, linearRegions2d, stablyUnactivated} = pw.analysis;

/** Parts of the way from one point to another: tens to hundreds of cells. */
const SHARE = {segment: 4e-3, window: 3e-4};

/** What an instrument says of a model, in words. */
const INSTRUMENTS = {
  'parameter report': async (model: tf.LayersModel) => {
    const {total} = await parameterReport(model);
    return `${total.parameters.toLocaleString('en-US')} parameters`;
  },
  segment: async (model: tf.LayersModel) => {
    const [from, , v] = points(SHARE.segment);
    const {activationCells, exact} = await countLinearRegions(model, {from, to: from.map((x, i) => x + v[i])});
    return `${activationCells} cells${exact ? '' : ', not exact'}`;
  },
  window: async (model: tf.LayersModel) => {
    const [origin, u, v] = points(SHARE.window);
    const {activationCells, exact} = await linearRegions2d(model, {x: [0, 1], y: [0, 1], plane: {origin, u, v}});
    return `${activationCells} cells${exact ? '' : ', not exact'}`;
  },
  'dead units': async (model: tf.LayersModel) => {
    const {dead, alive, unknown} = await stablyUnactivated(model);
    return `${alive} alive, ${dead} dead, ${unknown} unknown`;
  },
};

export type Instrument = keyof typeof INSTRUMENTS;
export const INSTRUMENT_NAMES = Object.keys(INSTRUMENTS) as Instrument[];

export interface Job {
  folder: string;
  instrument: Instrument;
}

export interface Measured {
  /** Processor time of all threads, which other programs on the machine change little. */
  processorMilliseconds: number;
  /** The most that the process held, and what it held when the model was loaded. */
  megabytes: {peak: number; before: number};
  found: string;
}

/** A point of images of 32 x 32 x 3, and a part of the ways to two others. */
function points(share: number): number[][] {
  const all = [...spread(9 * 1024, -1, 1)];
  const origin = all.slice(0, 3072);
  const way = (from: number) => origin.map((x, i) => share * (all[from + i] - x));
  return [origin, way(3072), way(6144)];
}

/** Linux counts what the process held that has started this one, too, except here. */
function peakBytes(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const [, own] = /VmHWM:\s+(\d+) kB/.exec(status) ?? [];
  return 1024 * (own ? Number(own) : process.resourceUsage().maxRSS);
}

async function main({folder, instrument}: Job): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const model = await tf.loadLayersModel(fileSystem(folder));
  const before = process.memoryUsage().rss;
  const start = process.cpuUsage();
  const found = await INSTRUMENTS[instrument](model);
  const {user, system} = process.cpuUsage(start);
  const peak = peakBytes();
  const megabytes = {peak: Math.round(peak / 1e6), before: Math.round(before / 1e6)};
  console.log(JSON.stringify({processorMilliseconds: (user + system) / 1000, megabytes, found} satisfies Measured));
}

if (require.main === module) {
  main(JSON.parse(process.argv[2])).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
