import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireInteger, requireNumber, requireOptions} from '../../errors';
import {randomBits, randomSigns} from '../../math/random';
import {wilsonInterval} from '../../math/wilson';

/** Options of {@link estimateCapacity}. */
export interface EstimateCapacityOptions {
  /** Inputs of the model, an integer >= 1. */
  inputs: number;
  /** Loads to try, in patterns per weight, each above 0. */
  loads: readonly number[];
  /** Models to train at each load. Default: 20. */
  trials?: number;
  /** Integer that fixes the patterns, and is given to the factory. */
  seed: number;
  /** Steps of training at most. Default: 3000. */
  steps?: number;
  /** What a load counts; the theory counts the weights of the hidden layer. Default: all trainable weights. */
  weights?: number;
  /** Called after each trial. */
  onProgress?: (progress: {done: number; total: number; load: number; learned: boolean}) => void;
}

const OPTIONS: Names<EstimateCapacityOptions> = {
  inputs: true,
  loads: true,
  trials: true,
  seed: true,
  steps: true,
  weights: true,
  onProgress: true,
};

/** What the trials at one load came to. */
export interface CapacityPoint {
  /** Patterns per weight. */
  load: number;
  /** Random patterns of each trial. */
  patterns: number;
  /** Trials in which all patterns were learned. */
  learned: number;
  /** Models trained. */
  trials: number;
  /** Share of the trials in which all patterns were learned, with its 95 % interval (Wilson). */
  success: number;
  /** 95 % interval of the success (Wilson). */
  interval: [low: number, high: number];
}

/** What {@link estimateCapacity} finds. */
export interface CapacityEstimate {
  /** One for each load. */
  points: CapacityPoint[];
  /** Load at which half of the trials succeed, between the points; null if they do not enclose it. */
  capacity: number | null;
  /** What a load counts. */
  weights: number;
  /** Trainable weights of the model. */
  trainable: number;
}

/** A new model of `inputs` inputs and one output, whose sign is the answer. The seed is another one in each trial. */
export type ModelFactory = (options: {inputs: number; seed: number}) => tf.LayersModel;

const WHO = 'estimateCapacity';
const EXAMPLE =
  'For example ({inputs}) => tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [inputs]})]}).';

/**
 * How many random patterns a model learns when it is trained: the share of full successes at each load.
 *
 * Inputs and labels are random signs; training is by gradients over all patterns at once (Adam, falling rate, logistic
 * loss that gets sharper). A success is every label right; an output of 0 is an error.
 *
 * Use it for any architecture, also where there is no theory. It is a lower bound of the storage capacity: training
 * finds fewer solutions than there are, and small networks differ from large ones. Calibrate it with one unit without a
 * bias, for which `coverProbability` is exact. Takes seconds to minutes; `await` it.
 *
 * @throws If an argument is out of its range, or the model has other inputs or more than one output.
 *
 * Source: Nishiyama and Ohzeki 2024, arXiv 2404.13404.
 *
 * @example
 * const {points} = await pw.theory.estimateCapacity(
 *   ({inputs, seed}) => {
 *     const kernelInitializer = tf.initializers.randomNormal({seed});
 *     return tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [inputs], useBias: false, kernelInitializer})]});
 *   },
 *   {inputs: 10, loads: [1, 3], trials: 5, seed: 1},
 * );
 */
export async function estimateCapacity(
  factory: ModelFactory,
  options: EstimateCapacityOptions,
): Promise<CapacityEstimate> {
  requireOptions(options, OPTIONS, WHO);
  if (typeof factory !== 'function') fail(WHO, 'factory must be a function that makes a model', factory, EXAMPLE);
  const {inputs, loads, seed, onProgress} = options ?? {};
  requireInteger(inputs, 'inputs', WHO, 1, 20);
  const trials = requireInteger(options.trials ?? 20, 'trials', WHO, 1, 20);
  const steps = requireInteger(options.steps ?? 3000, 'steps', WHO, 1, 3000);
  requireInteger(seed, 'seed', WHO, -Infinity, 1);
  if (!(Array.isArray(loads) && loads.length > 0)) fail(WHO, 'loads must be numbers', loads, 'Try {loads: [1, 2, 3]}.');
  loads.forEach((load, i) => {
    requireNumber(load, `loads[${i}]`, WHO, [Number.MIN_VALUE, Infinity], 1);
  });
  const trainable = trainableOf(factory, inputs, seed);
  const weights = requireInteger(options.weights ?? trainable, 'weights', WHO, 1, trainable);
  const seeds = randomBits(seed);
  const sorted = [...loads].sort((a, b) => a - b);
  const points: CapacityPoint[] = [];
  let done = 0;
  for (const load of sorted) {
    const patterns = Math.max(1, Math.round(load * weights));
    let learned = 0;
    for (let trial = 0; trial < trials; trial++) {
      const success = await learnsRandom(factory, inputs, patterns, seeds(done) >>> 1, steps);
      learned += Number(success);
      done++;
      onProgress?.({done, total: trials * loads.length, load, learned: success});
    }
    const interval = wilsonInterval(learned, trials);
    points.push({load, patterns, learned, trials, success: learned / trials, interval});
  }
  return {points, capacity: halfway(points), weights, trainable};
}

function trainableOf(factory: ModelFactory, inputs: number, seed: number): number {
  const model = factory({inputs, seed: seed >>> 1});
  const shapes = `[${model.inputs?.[0]?.shape.slice(1)}] to [${model.outputs?.[0]?.shape.slice(1)}]`;
  if (shapes !== `[${inputs}] to [1]`) {
    fail(WHO, `the factory must make models from [${inputs}] to [1]`, shapes, 'End with a dense layer of one unit.');
  }
  const count = model.trainableWeights.reduce((sum, {shape}) => sum + tf.util.sizeFromShape(shape as number[]), 0);
  model.dispose();
  return count;
}

async function learnsRandom(
  factory: ModelFactory,
  inputs: number,
  patterns: number,
  seed: number,
  steps: number,
): Promise<boolean> {
  const {x, y} = randomPatterns(patterns, inputs, seed);
  const model = factory({inputs, seed});
  try {
    return await learnsAll(model, x, y, steps);
  } finally {
    model.dispose();
    tf.dispose([x, y]);
  }
}

/** Where the line through the points falls below one half for the first time. */
function halfway(points: CapacityPoint[]): number | null {
  const i = points.findIndex(({success}, k) => k > 0 && success < 0.5 && points[k - 1].success >= 0.5);
  if (i < 0) return null;
  const [above, below] = [points[i - 1], points[i]];
  return above.load + ((above.success - 0.5) / (above.success - below.success)) * (below.load - above.load);
}

/** Random signs to random signs: `patterns` rows of `inputs`, and their labels. */
export function randomPatterns(patterns: number, inputs: number, seed: number): {x: tf.Tensor2D; y: tf.Tensor2D} {
  return {
    x: tf.tensor2d(randomSigns(patterns * inputs, seed, 1), [patterns, inputs]),
    y: tf.tensor2d(randomSigns(patterns, seed, 2), [patterns, 1]),
  };
}

/** How often it is looked whether all labels are right. */
const CHECK_STEPS = 50;
const RATE = {first: 0.05, last: 0.001};
/** The loss log(1 + exp(-b y f)) turns from smooth to a count of errors. */
const SHARPNESS = {first: 2, last: 300};

/**
 * Trains the whole batch with Adam, with a falling rate and a loss that gets sharper, until all labels are right or the
 * steps are over. Outputs of 0 are errors.
 */
export async function learnsAll(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor, steps: number): Promise<boolean> {
  const optimizer = tf.train.adam(RATE.first);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  try {
    for (let step = 0; step < steps; step++) {
      if (step % CHECK_STEPS === 0) {
        if (tf.tidy(() => allRight(model, x, y))) return true;
        await tf.nextFrame();
      }
      const progress = step / steps;
      const sharpness = SHARPNESS.first * (SHARPNESS.last / SHARPNESS.first) ** progress;
      (optimizer as unknown as {learningRate: number}).learningRate = RATE.first * (RATE.last / RATE.first) ** progress;
      const loss = () => {
        const f = model.apply(x, {training: true}) as tf.Tensor;
        return tf.div(tf.mean(tf.softplus(tf.mul(tf.mul(f, y), -sharpness))), sharpness) as tf.Scalar;
      };
      optimizer.minimize(loss, false, variables);
    }
    return tf.tidy(() => allRight(model, x, y));
  } finally {
    optimizer.dispose();
  }
}

function allRight(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): boolean {
  const f = model.predict(x, {batchSize: x.shape[0]}) as tf.Tensor;
  return tf.all(tf.greater(tf.mul(f, y), 0)).dataSync()[0] === 1;
}
