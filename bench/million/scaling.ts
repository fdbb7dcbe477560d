import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {BackendName} from '../backends';
import {compare, type Timing} from '../compare';
import {spread} from '../kernels';
import {BATCH} from './batch';
import type {Scaling, ScalingRow} from './results';

/** So many numbers at every width, as rows of it: what a call costs is then spread over all of them alike. */
const NUMBERS = BATCH * 2 ** 20;

/** One layer (signs, transform, slopes) by width. */
export async function measureScaling(backend: BackendName, widths: number[]): Promise<Scaling> {
  await measureWidth(widths[0]); // the first calls of a process also wait for memory
  const rows: ScalingRow[] = [];
  for (const width of widths) rows.push(await measureWidth(width));
  return {backend, rows};
}

async function measureWidth(width: number): Promise<ScalingRow> {
  const [x, dy] = [0, 1].map(() => tf.tensor2d(spread(NUMBERS, -1, 1), [NUMBERS / width, width]));
  const signs = tf.tensor1d(pw.randomSigns(width, {seed: 1}));
  const [negative, positive] = [0.5, 1].map((slope) => tf.fill([width], slope));
  const layer = (...inputs: tf.Tensor[]) => pw.whtReLUPair(inputs[0], inputs[1], inputs[2], {signs});
  const both = tf.grads(layer);
  const timings = await compare(
    {
      forward: {run: () => layer(x, negative, positive).dispose()},
      both: {run: () => tf.dispose(both([x, negative, positive], dy))},
    },
    {turns: 11, budget: 2500},
  );
  tf.dispose([x, dy, signs, negative, positive]);
  return {width, ...timings};
}

/** Nanoseconds for each of the width log2(width) steps of a row. */
export const perStep = ({median}: Timing, width: number) => (1e6 * median) / (NUMBERS * Math.log2(width));

/** How many times as much a step costs at the worst of the widths as at the best. */
export function spreadOfCosts(rows: readonly ScalingRow[], pass: 'forward' | 'both', largest = Infinity): number {
  const costs = rows.filter(({width}) => width <= largest).map((row) => perStep(row[pass], row.width));
  return Math.max(...costs) / Math.min(...costs);
}

/** The p of cost of a row = c (n log2 n)^p, by least squares in the logarithms. */
export function exponent(rows: readonly ScalingRow[], pass: 'forward' | 'both'): number {
  const points = rows.map((row) => [
    Math.log(row.width * Math.log2(row.width)),
    Math.log(row[pass].median * row.width),
  ]);
  const mean = (i: number) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}
