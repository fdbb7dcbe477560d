import * as tf from '@tensorflow/tfjs';
import type {TriangleWaveArgs} from '../../layers/triangle_wave';
import {triangleWave} from '../../layers/triangle_wave';
import {adamW} from '../../optimizers/adam_w';
import {cosine} from '../../schedules/cosine';
import {chordStart} from '../chord_start';
import type {Points} from './points';

/** How a fitted curve bends: 'dc' in both directions, as the difference of two convex functions. */
export type CurveShape = 'convex' | 'concave' | 'dc';

export interface RegionsOptions {
  depth: number;
  /** To try beside each other, all in one training. */
  seeds: number;
  epochs: number;
  /** null: what the data say. */
  curvature: CurveShape | null;
  /** Called after each epoch, with the mean loss of the seeds as a share of the variance. */
  onEpoch(done: number, total: number, loss: number): void;
}

/** A wave of one seed. */
export interface TrainedWave {
  /** A model of one channel. */
  model: tf.Sequential;
  curvature: CurveShape;
  /** Mean square, as a share of the variance of the points. */
  error: number;
  /** That of all seeds of its shape, by epoch. */
  losses: number[];
}

/** Two waves have twice the weights of one, so that they must be worth it. */
const WORTH = 4;
/** Waves that leave more than this share of the variance may have the wrong shape, which the next stage shows. */
const UNSURE = 1e-3;
const LEARNING_RATE = 0.03;
/** Groups of points whose means show how much a curve bends. */
const PLACES = 16;

/** Waves of the shape that was asked for; else of that which fits, one wave or two, and of both shapes where neither does. */
export async function trainRegions(points: Points, options: RegionsOptions): Promise<TrainedWave[]> {
  const {curvature} = options;
  const chord = chordStart(points.x, points.y);
  const shapes = curvature === null ? 2 : 1;
  let done = 0;
  const onEpoch = (loss: number) => options.onEpoch(++done, shapes * options.epochs, loss);
  const train = (start: TriangleWaveArgs) => trainShape(points, start, options, onEpoch);
  const both = () => train({curvature: 'dc', base: chord.base, scale: bendOf(points)});
  if (curvature === 'dc') return both();
  const one = await train({...chord, curvature: curvature ?? chord.curvature});
  if (curvature !== null) return one;
  const two = await both();
  const [least, leastOfTwo] = [one, two].map((waves) => Math.min(...waves.map(({error}) => error)));
  if (WORTH * leastOfTwo < least) return without(one, two);
  return least < UNSURE ? without(two, one) : [...one, ...two];
}

function without(others: TrainedWave[], chosen: TrainedWave[]): TrainedWave[] {
  for (const {model} of others) model.dispose();
  return chosen;
}

async function trainShape(
  points: Points,
  start: TriangleWaveArgs,
  {depth, seeds, epochs}: RegionsOptions,
  onEpoch: (loss: number) => void,
): Promise<TrainedWave[]> {
  const args = {...start, depth, domain: [0, 1] as const, seed: 1};
  const model = tf.sequential({layers: [triangleWave({...args, inputShape: [seeds]})]});
  const [x, y] = [points.x, points.y].map((values) =>
    tf.tidy(() => tf.tile(tf.tensor2d(Float32Array.from(values), [values.length, 1]), [1, seeds])),
  );
  const optimizer = adamW({learningRate: LEARNING_RATE, weightDecay: 0, epsilon: 1e-8});
  try {
    model.compile({optimizer, loss: 'meanSquaredError'});
    const report = new tf.CustomCallback({onEpochEnd: (_, logs) => onEpoch(logs!.loss as number)});
    const callbacks = [cosine({learningRate: LEARNING_RATE}), report];
    const fit = {epochs, batchSize: points.x.length, shuffle: false, verbose: 0, callbacks} as const;
    const {history} = await model.fit(x, y, fit);
    const errors = await errorsOf(model, x, y);
    const curvature = start.curvature as CurveShape;
    const losses = history.loss as number[];
    return errors.map((error, channel) => ({model: channelOf(model, args, channel), curvature, error, losses}));
  } finally {
    optimizer.dispose();
    model.dispose();
    tf.dispose([x, y]);
  }
}

async function errorsOf(model: tf.Sequential, x: tf.Tensor, y: tf.Tensor): Promise<number[]> {
  const errors = tf.tidy(() => tf.mean(tf.squaredDifference(model.predict(x) as tf.Tensor, y), 0));
  const values = Array.from(await errors.data());
  errors.dispose();
  return values;
}

/** A model of one channel of a layer. */
function channelOf(model: tf.Sequential, args: TriangleWaveArgs, channel: number): tf.Sequential {
  const one = tf.sequential({layers: [triangleWave({...args, inputShape: [1]})]});
  tf.tidy(() => one.setWeights(model.getWeights().map((weight) => tf.slice(weight, channel, 1))));
  return one;
}

/**
 * The height of two waves that bend as much as the points do, up and down together. A parabola of height h on [0, 1] turns
 * its slope by 8 h; the points' is that between the means of groups.
 */
function bendOf({x, y}: Points): number {
  const groups = Math.max(3, Math.min(PLACES, Math.floor(x.length / 2)));
  const mean = (values: Float64Array, group: number) => {
    const own = values.subarray((group * x.length) / groups, ((group + 1) * x.length) / groups);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  };
  const means = Array.from({length: groups}, (_, group) => [mean(x, group), mean(y, group)]);
  const slopes = means
    .slice(1)
    .flatMap(([u, v], i) => (u > means[i][0] ? [(v - means[i][1]) / (u - means[i][0])] : []));
  const turn = slopes.slice(1).reduce((sum, slope, i) => sum + Math.abs(slope - slopes[i]), 0);
  return Math.max(turn / 16, 1e-3);
}
