import * as tf from '@tensorflow/tfjs';
import {countLinearRegions} from '../analysis/regions/count_linear_regions';
import {fail, type Names, requireInteger, requireOneOf, requireOptions} from '../errors';
import {brokenLine} from './curve/broken_line';
import {trainFree, unstandardize} from './curve/free_stage';
import {lineOf} from './curve/line';
import {type Curve, LEAST_TO_HOLD_OUT, type Numbers, type Points, readCurve, splitCurve} from './curve/points';
import {type CurveShape, trainRegions} from './curve/regions_stage';
import type {Stage} from './stages/options';

export type {Numbers} from './curve/points';
export type {CurveShape} from './curve/regions_stage';

/** Options of {@link fitCurve}. */
export interface FitCurveOptions {
  /** Levels of the waves, an integer >= 1: the fit starts from 2^depth linear pieces. Default: 5. */
  depth?: number;
  /** 'convex', 'concave', or 'dc' for curves that bend both ways. Default: what fits better, each tried unless the first is certain. */
  curvature?: CurveShape;
  /** Random starts to choose from, an integer >= 1. Default: 3. */
  seeds?: number;
  /** Epochs of the first stage, an integer >= 1. Default: 200. */
  epochs?: number;
  /** At most so many steps of least squares in the second stage, an integer >= 0. Default: 60. */
  steps?: number;
  /** Called after each epoch of the first stage and each step of the second: many points take a while. Default: nothing. */
  onProgress?: (progress: CurveProgress) => void;
}

/** What `onProgress` of {@link fitCurve} is told. */
export interface CurveProgress {
  /** 'regions', the waves with all their pieces, then 'free', all weights of the dense form. */
  stage: Stage;
  /** Epochs or steps of the stage so far. */
  done: number;
  /** How many there will be, at most: steps end early where they no longer help, and rise where another start gets its turn. */
  total: number;
  /** Mean squared error on the points of the training; in the first stage the mean over the seeds. */
  error: number;
}

const OPTIONS: Names<FitCurveOptions> = {
  depth: true,
  curvature: true,
  seeds: true,
  epochs: true,
  steps: true,
  onProgress: true,
};

/** What {@link fitCurve} gives. */
export interface CurveFit {
  /** From x to y, in their own units: input [n, 1], output [n, 1]. Dense layers of tfjs alone. The caller disposes it. */
  model: tf.Sequential;
  /** Linear pieces between the least and the greatest x. */
  regions: number;
  /** Mean squared error over all points. */
  error: number;
  /** That by epoch of the first stage (mean over the seeds) and by step of the second, on the points of the training. */
  history: {regions: number[]; free: number[]};
  /** The shape of the waves; 'line' for points on a straight line, 'points' for the broken line through few points. */
  curvature: CurveShape | 'line' | 'points';
  /** The least and the greatest x. */
  domain: [low: number, high: number];
  /** How many points there were. */
  points: number;
  /** Share of the variance of y that the fit leaves; 0 if y is constant. */
  unexplained: number;
  /** How long it took. */
  seconds: number;
  /** All of this in a line. */
  toString(): string;
}

const WHO = 'fitCurve';

/** Waves that leave more than this share of the variance of a few points have not met them. */
const MISSED = 1e-4;

/**
 * Fits a curve through points of any range, in one call: a piecewise-linear function as a model.
 *
 * `error = mean((model(x) - y)^2)`. Two stages, as in the paper: triangle waves of several seeds, which start from the
 * chord of the points and keep 2^depth pieces; then all weights of their dense form by least squares (Levenberg and
 * Marquardt, in doubles), which gets as near in tens of steps as Adam in thousands.
 *
 * Use it for functions of one variable: calibration, a lookup table, a sensor. With 40 points and more, every fourth only
 * decides when to stop, so that noise is not learned by heart; fewer are met one by one, noise or not, by the broken line
 * through them where waves do not get there. Raise `depth` for
 * curves with more than about four waves, or for errors below 1e-6 of the variance. Jumps are the weak case: each leaves an
 * error. Beyond the data the model goes on about as at its ends; do not rely on it there. The same call gives the same fit.
 *
 * @param x Numbers in any order, of any range, two different ones at least: an array, typed array or tensor.
 * @param y As many.
 * @returns Model, error, pieces: see CurveFit. `String(fit)` is a summary. x and y are scaled inside the model.
 * @throws If the lists differ in length, a number is not finite or is lost among its neighbours in float32, all x are equal, or an
 *   option is out of its range.
 *
 * Sources: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022; Marquardt 1963.
 *
 * @example
 * const x = Array.from({length: 200}, (_, i) => -5 + i / 20);
 * const fit = await pw.fitCurve(x, x.map((v) => v * v));
 * console.log(`${fit}`); // 200 points, x from -5 to 4.95, convex: 33 linear pieces, mean squared error 5e-5 ...
 * console.log(`${fit.model.predict(tf.tensor2d([[2]]))}`); // about 4
 */
export async function fitCurve(x: Numbers, y: Numbers, options: FitCurveOptions = {}): Promise<CurveFit> {
  requireOptions(options, OPTIONS, WHO);
  const begin = Date.now();
  const depth = requireInteger(options.depth ?? 5, 'depth', WHO, 1, 5);
  const seeds = requireInteger(options.seeds ?? 3, 'seeds', WHO, 1, 3);
  const epochs = requireInteger(options.epochs ?? 200, 'epochs', WHO, 1, 200);
  const steps = requireInteger(options.steps ?? 60, 'steps', WHO, 0, 60);
  const curvature = options.curvature ?? null;
  if (curvature !== null) requireOneOf(curvature, 'curvature', WHO, ['convex', 'concave', 'dc']);
  const {onProgress = () => {}} = options;
  if (typeof onProgress !== 'function') {
    fail(
      WHO,
      'onProgress must be a function',
      onProgress,
      'For example ({stage, done, total}) => console.log(stage, done, total).',
    );
  }

  const curve = await readCurve(x, y, WHO);
  const line = lineOf(curve);
  const fitted = line
    ? {model: line, curvature: 'line' as const, history: {regions: [], free: []}}
    : await twoStages(curve, {depth, seeds, epochs, steps, curvature, onProgress});
  const {model} = fitted;
  model.setUserDefinedMetadata({ranges: [curve.domain]}); // a saved model tells where it holds
  const {regions} = await countLinearRegions(model, {from: [curve.domain[0]], to: [curve.domain[1]]});
  const error = await errorOf(model, curve);
  const unexplained = curve.deviation === 0 ? 0 : error / curve.deviation ** 2;
  const about = {points: curve.x.length, domain: curve.domain, unexplained, seconds: (Date.now() - begin) / 1000};
  return {...fitted, regions, error, ...about, toString: summary};
}

interface Plan {
  depth: number;
  seeds: number;
  epochs: number;
  steps: number;
  curvature: CurveShape | null;
  onProgress: (progress: CurveProgress) => void;
}

async function twoStages(curve: Curve, {steps, onProgress, ...plan}: Plan) {
  const {training, heldOut} = splitCurve(curve);
  const report = (stage: Stage) => (done: number, total: number, share: number) =>
    onProgress({stage, done, total, error: share * curve.deviation ** 2});
  const waves = await trainRegions(training, {...plan, onEpoch: report('regions')});
  const fitted = await trainFree(waves, training, heldOut, steps, report('free'));
  for (const other of waves) other.model.dispose();
  const {wave, losses} = fitted;
  const missed = training.x.length < LEAST_TO_HOLD_OUT && Math.min(...losses) > MISSED;
  const model = missed ? nearer(fitted.model, Math.min(...losses), training) : fitted.model;
  const curvature = model === fitted.model ? wave.curvature : ('points' as const);
  unstandardize(model, curve);
  const squares = (shares: number[]) => shares.map((share) => share * curve.deviation ** 2);
  return {model, curvature, history: {regions: squares(wave.losses), free: squares(losses)}};
}

/** Few points that the waves have not met: the broken line through them, if that is nearer. */
function nearer(model: tf.Sequential, error: number, points: Points): tf.Sequential {
  const line = brokenLine(points);
  const isNearer = line.error < error;
  (isNearer ? model : line.model).dispose();
  return isNearer ? line.model : model;
}

async function errorOf(model: tf.Sequential, {x, y}: Curve): Promise<number> {
  const error = tf.tidy(() => {
    const output = model.predict(tf.tensor2d(x, [x.length, 1])) as tf.Tensor;
    return tf.mean(tf.squaredDifference(output, tf.tensor2d(y, [y.length, 1])));
  });
  const [value] = await error.data();
  error.dispose();
  return value;
}

const WORDS = {
  convex: 'convex',
  concave: 'concave',
  dc: 'bent both ways',
  line: 'a straight line',
  points: 'a broken line through the points',
};

function summary(this: CurveFit): string {
  const {points, domain, curvature, regions, error, unexplained, seconds} = this;
  const range = domain.map((end) => Number(end.toPrecision(7))).join(' to ');
  const share = `${Number((100 * unexplained).toPrecision(2))} % of the variance`;
  return (
    `${points} points, x from ${range}, ${WORDS[curvature]}: ${regions} linear ${regions === 1 ? 'piece' : 'pieces'}, ` +
    `mean squared error ${error.toExponential(1)} (${share}), ${seconds.toFixed(1)} s`
  );
}
