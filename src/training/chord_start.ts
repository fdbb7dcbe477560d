import * as tf from '@tensorflow/tfjs';
import {fail} from '../errors';

/** Arguments of `triangleWave` that make it start near the data. */
export interface ChordStart {
  /** 'convex' if the data are below the chord where they are farthest from it, else 'concave'. */
  curvature: 'convex' | 'concave';
  /** The chord: the line through the first and the last point. */
  base: {slope: number; intercept: number};
  /** The largest distance of the data from it, which is the height of a tied wave. */
  scale: number;
  /** The least and the greatest x. */
  domain: [low: number, high: number];
}

const WHO = 'chordStart';
/** What leaves its chord by less than this share of its size is a straight line. */
export const STRAIGHT = 1e-6;

/**
 * Where a triangle wave of one variable starts best: on the chord of the data, and as high as they are away from it.
 *
 * `u = (x - low) / (high - low)`, `slope * u + intercept` through the points of least and greatest x, `scale` = the
 * largest distance from that line; convex if the data are below it there, else concave.
 *
 * Use it when the data do not happen to lie near y = x: a weight moves by about the learning rate in a step, so that 1000
 * steps at 0.001 do not reach a slope of 20. It looks at the data before training, which a random start does not.
 *
 * @param x Inputs, at least three finite numbers, not all equal: an array, typed array or tensor. On webgpu give
 *   `await x.data()` for a tensor.
 * @param y Targets, as many.
 * @returns Arguments for `triangleWave`; all of it trains on from there.
 * @throws If the numbers are too few, not finite, or all on the chord.
 *
 * @example
 * const x = Array.from({length: 100}, (_, i) => i / 99);
 * const start = pw.chordStart(x, x.map((v) => Math.exp(3 * v)));
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, ...start, inputShape: [1]})]});
 */
export function chordStart(x: ArrayLike<number> | tf.Tensor, y: ArrayLike<number> | tf.Tensor): ChordStart {
  const [inputs, targets] = [numbersOf(x, 'x'), numbersOf(y, 'y')];
  if (inputs.length !== targets.length || inputs.length < 3) {
    const received = `${inputs.length} and ${targets.length}`;
    fail(WHO, 'x and y must be as many numbers, at least three', received, 'They are the coordinates of points.');
  }
  const points = Array.from(inputs, (value, i): [number, number] => [value, targets[i]]);
  const odd = points.flat().find((value) => !Number.isFinite(value));
  if (odd !== undefined) fail(WHO, 'all numbers must be finite', odd, 'Leave such samples out.');

  const first = points.reduce((least, point) => (point[0] < least[0] ? point : least));
  const last = points.reduce((most, point) => (point[0] > most[0] ? point : most));
  const [low, high] = [first[0], last[0]];
  if (low === high) fail(WHO, 'x must not be all equal', low, 'A chord has two ends.');

  const [intercept, slope] = [first[1], last[1] - first[1]];
  const sags = points.map(([at, value]) => intercept + slope * ((at - low) / (high - low)) - value);
  const sag = sags.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const size = points.reduce((most, [, value]) => Math.max(most, Math.abs(value)), 0);
  if (Math.abs(sag) <= STRAIGHT * size) {
    fail(WHO, 'the data must leave their chord', 'a straight line', 'A dense layer of one unit fits it.');
  }
  const curvature = sag > 0 ? 'convex' : 'concave';
  return {curvature, base: {slope, intercept}, scale: Math.abs(sag), domain: [low, high]};
}

function numbersOf(values: ArrayLike<number> | tf.Tensor, name: string): ArrayLike<number> {
  if (values instanceof tf.Tensor) return values.dataSync();
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView));
  if (!isList || !(values as unknown[]).every((value) => typeof value === 'number')) {
    fail(WHO, `${name} must be an array of numbers or a tensor`, String(values), 'For example [0, 0.5, 1].');
  }
  return values;
}
