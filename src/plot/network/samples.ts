import type * as tf from '@tensorflow/tfjs';
import {type Points, pointOf} from '../../analysis/piecewise_linear/point';
import type {PiecewiseLinear} from '../../analysis/piecewise_linear/read_model';
import {fail} from '../../errors';
import {normalNumbers, uniformNumbers} from '../../math/random';

/** Inputs of a model: a tensor whose first axis counts them, or a list of points. */
export type Samples = tf.Tensor | readonly Points[];

/** More than this many numbers are not held at once. */
const MOST_NUMBERS = 2 ** 23;
const MOST_ROWS = 128;

/** Samples in doubles, one after the other; without any, ones that the model is made for. */
export async function samplesFor(
  network: PiecewiseLinear,
  given: Samples | undefined,
  numbersPerSample: number,
  who: string,
): Promise<{samples: Float64Array; rows: number}> {
  const most = Math.max(2, Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / numbersPerSample)));
  if (given === undefined || given === null) return {samples: drawn(network, most), rows: most};
  const points = await listOf(given, network, who);
  if (points.length < 2) fail(who, 'samples must be at least 2', points.length, 'Give some rows of the data.');
  // Evenly from all of them: the first may be of one class.
  const rows = Math.min(most, points.length);
  const chosen = Array.from({length: rows}, (_, i) => points[Math.floor((i * points.length) / rows)]);
  const samples = new Float64Array(rows * network.inputs);
  for (const [i, point] of chosen.entries()) {
    samples.set(await pointOf(point, `samples[${i}]`, network.inputShapes, who), i * network.inputs);
  }
  return {samples, rows};
}

async function listOf(given: Samples, {inputs}: PiecewiseLinear, who: string): Promise<readonly Points[]> {
  if (Array.isArray(given)) return given;
  const {shape, data} = given as tf.Tensor;
  if (typeof data !== 'function')
    fail(who, 'samples must be a tensor or a list of inputs', given, 'Or leave them out.');
  const numbers = Array.from(await (given as tf.Tensor).data());
  return Array.from({length: shape[0]}, (_, i) => numbers.slice(i * inputs, (i + 1) * inputs));
}

/** Standard normal numbers; where an input goes into a function with an end on both sides, uniform ones between the ends. */
function drawn({inputs, nodes}: PiecewiseLinear, rows: number): Float64Array {
  const [normal, uniform] = [normalNumbers(1), uniformNumbers(1)];
  const first = nodes.find(({reads}) => reads.length === 1 && reads[0] === 0)?.step;
  return Float64Array.from({length: rows * inputs}, (_, k) => {
    const kinks = first?.kind === 'elementwise' ? first.functions[k % inputs].kinks : [];
    if (kinks.length < 2) return normal(k);
    const [low, high] = [kinks[0], kinks[kinks.length - 1]];
    return low + ((uniform(k) + 1) / 2) * (high - low);
  });
}
