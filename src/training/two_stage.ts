import type * as tf from '@tensorflow/tfjs';
import {toDense} from '../export/to_dense';
import {onChord, type Plane, readPlane, regionsOf} from './stages/one_variable';
import {
  type Plan,
  planOf,
  requireSamples,
  type Samples,
  type Stage,
  type TwoStageDatasetOptions,
  type TwoStageOptions,
} from './stages/options';
import {lossOf, trainStage} from './stages/train_stage';

export type {EpochReport, PerStage, Stage, TwoStageDatasetOptions, TwoStageOptions} from './stages/options';

/** What {@link trainTwoStage} gives. */
export interface TwoStageResult {
  /** The model of standard layers after the free stage, compiled with the optimizer of that stage. */
  model: tf.LayersModel;
  /** The model after the first stage: the one that was given, or with a start from the chord a new one. */
  waves: tf.LayersModel;
  /** What `model.fit` recorded, by stage: `history.free.loss[epoch]`. Empty for a stage of 0 epochs. */
  history: {[stage in Stage]: tf.History['history']};
  /** The loss over all samples after each stage: with the default loss, the mean squared error. */
  errors: {[stage in Stage]: number};
  /**
   * Linear pieces between the least and the greatest x after each stage. null for models of more than one input, where
   * `pw.analysis` counts on segments of your choice, and for those that are not piecewise linear.
   */
  regions: {[stage in Stage]: number} | null;
  /** Pieces that the free stage lost, 0 if it kept or gained; null where they are not counted. */
  lostRegions: number | null;
  /** Both stages in a line. */
  toString(): string;
}

/**
 * Trains as in the paper: first the model as it is, where every wave keeps its 2^depth regions; then, from the same
 * outputs, all weights of its dense form (`exporters.toDense`) with a new optimizer.
 *
 * The first stage finds a good shape from few weights. On its own it fits x^2 better with every level, but x^3 only down
 * to 1e-5, whatever the depth; the second stage, which may lose and gain regions, then gains two decades. The result says
 * how many it lost.
 *
 * The defaults are the paper's, Adam, 1000 epochs of each and all samples at once, but for the rates, which start higher and
 * fall along a cosine, and for the start: a wave of one variable that nobody has shaped starts from the chord of the
 * data. For the paper's rates say `{learningRate: 0.001, schedule: 'constant'}`. For a curve through points `pw.fitCurve`
 * is simpler and nearer; this is for models and losses of your own.
 *
 * @param model What `exporters.toDense` takes. It is compiled anew, and ends with the weights of the
 *   first stage; compile it again before you train it further. With a start from the chord it stays as it is, and
 *   `waves` of the result is what was trained.
 * @param x Inputs, first axis samples. In place of x and y, a `tf.data` dataset of batches {xs, ys}.
 * @param y Targets, as many.
 * @param options Epochs, rates, loss, callbacks: see TwoStageOptions. `verbose` is that of `fit`, whose progress is shown
 *   where tfjs shows it.
 * @returns The new model, which the caller disposes (`model.optimizer.dispose(); model.dispose()`), errors, regions and
 *   histories. `String(result)` is a summary.
 * @throws If an option is out of its range, the model cannot be converted (before any training), the numbers of samples
 *   differ, a chord cannot be drawn (a number is not finite, all x are equal, all points are on a line), or a loss is not
 *   finite.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, inputShape: [1]})]});
 * const x = tf.linspace(-2, 2, 500).reshape([500, 1]);
 * const result = await pw.trainTwoStage(model, x, x.exp(), {epochs: 200, verbose: 0});
 * console.log(`${result}`); // first stage: error 1.4e-3, 32 regions; then ...
 */
export async function trainTwoStage(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  options?: TwoStageOptions,
): Promise<TwoStageResult>;
export async function trainTwoStage<T extends tf.TensorContainer>(
  model: tf.LayersModel,
  dataset: tf.data.Dataset<T>,
  options?: TwoStageDatasetOptions,
): Promise<TwoStageResult>;
export async function trainTwoStage(
  model: tf.LayersModel,
  data: tf.Tensor | tf.data.Dataset<tf.TensorContainer>,
  second?: tf.Tensor | TwoStageDatasetOptions,
  third: TwoStageOptions = {},
): Promise<TwoStageResult> {
  const isDataset = typeof (data as {iterator?: unknown})?.iterator === 'function';
  const samples = (isDataset ? {dataset: data} : {x: data, y: second}) as Samples;
  const plan = planOf(isDataset ? ((second ?? {}) as TwoStageDatasetOptions) : third, requireSamples(samples));
  toDense(model).dispose(); // to refuse a model before the first stage, not after it
  const plane = await readPlane(model, samples, plan);
  const started = plan.start === 'chord' && plane ? await onChord(model, plane) : null;
  const waves = started ?? model;
  let dense: tf.LayersModel | null = null;
  try {
    const first = await stageOf(waves, 'regions', samples, plan, plane);
    waves.optimizer.dispose();
    dense = toDense(waves);
    const then = await stageOf(dense, 'free', samples, plan, plane);
    return resultOf(dense, waves, first, then);
  } catch (error) {
    dense?.dispose();
    started?.dispose();
    throw error;
  }
}

interface StageResult {
  history: tf.History['history'];
  error: number;
  regions: number | null;
}

async function stageOf(
  model: tf.LayersModel,
  stage: Stage,
  samples: Samples,
  plan: Plan,
  plane: Plane | null,
): Promise<StageResult> {
  const history = await trainStage(model, stage, samples, plan);
  return {history, error: await lossOf(model, samples, plan), regions: plane && (await regionsOf(model, plane))};
}

function resultOf(model: tf.LayersModel, waves: tf.LayersModel, first: StageResult, then: StageResult): TwoStageResult {
  const counted = first.regions !== null && then.regions !== null;
  return {
    model,
    waves,
    history: {regions: first.history, free: then.history},
    errors: {regions: first.error, free: then.error},
    regions: counted ? {regions: first.regions!, free: then.regions!} : null,
    lostRegions: counted ? Math.max(0, first.regions! - then.regions!) : null,
    toString: summary,
  };
}

function summary(this: TwoStageResult): string {
  const {errors, regions, lostRegions} = this;
  const part = (stage: Stage) =>
    `error ${errors[stage].toExponential(1)}${regions ? `, ${regions[stage]} regions` : ''}`;
  const lost = lostRegions ? ` (${lostRegions} lost)` : '';
  return `first stage: ${part('regions')}; then all weights: ${part('free')}${lost}`;
}
