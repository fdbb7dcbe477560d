import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireInteger, requireNumber, requireOptions} from '../errors';
import {toDense} from '../export/to_dense';

/** 'regions': the waves with all their regions; 'free': all weights of the dense form. */
export type Stage = 'regions' | 'free';

/** One value for both stages, or one for each. */
export type PerStage<T> = T | {regions: T; free: T};

/** What `onEpoch` of {@link trainTwoStage} is told. */
export interface EpochReport {
  /** The stage that trains. */
  stage: Stage;
  /** From 1 to `epochs`, those of the stage. */
  epoch: number;
  /** Epochs of this stage. */
  epochs: number;
  /** The loss, `val_loss` with validation data, and the metrics, as `model.fit` gives them to callbacks. */
  logs: tf.Logs;
}

/** What `model.fit` takes besides; it goes to the training of both stages. */
type FitOptions = Omit<tf.ModelFitArgs, 'epochs' | 'batchSize'>;

/** Options of {@link trainTwoStage}: its own, and all of `model.fit`, which are used in both stages. */
export interface TwoStageOptions extends FitOptions {
  /** Epochs of each stage, integers >= 0. Default: 1000. */
  epochs?: PerStage<number>;
  /** Learning rates, above 0. Default: 0.001. */
  learningRate?: PerStage<number>;
  /** Samples per step. Default: all of them. */
  batchSize?: number;
  /** Makes a new optimizer for each stage. Default: Adam with an epsilon of 1e-8 on every backend. */
  optimizer?: (learningRate: number, stage: Stage) => tf.Optimizer;
  /** As in `model.compile`. Default: 'meanSquaredError'. */
  loss?: tf.ModelCompileArgs['loss'];
  /** As in `model.compile`. Default: none. */
  metrics?: tf.ModelCompileArgs['metrics'];
  /** As in `model.fit`. Default: 0. */
  verbose?: tf.ModelFitArgs['verbose'];
  /** Called after each epoch; training waits for a promise. */
  onEpoch?: (report: EpochReport) => void | Promise<void>;
}

const FIT: Names<FitOptions> = {
  verbose: true,
  callbacks: true,
  validationSplit: true,
  validationData: true,
  shuffle: true,
  classWeight: true,
  sampleWeight: true,
  initialEpoch: true,
  stepsPerEpoch: true,
  validationSteps: true,
  yieldEvery: true,
};

const OPTIONS: Names<TwoStageOptions> = {
  ...FIT,
  epochs: true,
  learningRate: true,
  batchSize: true,
  optimizer: true,
  loss: true,
  metrics: true,
  onEpoch: true,
};

/** What {@link trainTwoStage} gives. */
export interface TwoStageResult {
  /** The model of standard layers after the free stage, compiled with the optimizer of that stage. */
  model: tf.LayersModel;
  /** What `model.fit` recorded, by stage: `history.free.loss[epoch]`. Empty for a stage of 0 epochs. */
  history: {[stage in Stage]: tf.History['history']};
}

const WHO = 'trainTwoStage';

/**
 * Trains as in the paper: first the model as it is, where every wave keeps its 2^depth regions; then, from the same
 * outputs, all weights of its dense form (`exporters.toDense`) with a new optimizer.
 *
 * The first stage finds a good shape from few weights. On its own it fits x^2 better with every level, but x^3 only down
 * to 3e-5, whatever the depth; the second stage, which may lose and gain regions, then gains two decades
 * (`npm run reproduce -- linear-regions`).
 * The defaults are the paper's: Adam, 1000 epochs of each, rate 0.001, all samples at once.
 *
 * @param model What `exporters.toDense` takes. It is compiled anew, and ends with the weights of the
 *   first stage; compile it again before you train it further.
 * @param x Inputs, first axis samples.
 * @param y Targets, as many.
 * @param options Epochs, rates, loss, callbacks: see TwoStageOptions.
 * @returns The new model, which the caller disposes (`model.optimizer.dispose(); model.dispose()`), and both histories.
 * @throws If an option is out of its range, the model cannot be converted (before any training), the numbers of samples
 *   differ, or a loss is not finite.
 *
 * Source: Milkert, Hyde and Laine, ICML 2025, arXiv 2311.18022.
 *
 * @example
 * const model = tf.sequential({layers: [pw.layers.triangleWave({depth: 5, inputShape: [1]})]});
 * const x = tf.linspace(0, 1, 500).reshape([500, 1]);
 * const {model: free, history} = await pw.trainTwoStage(model, x, x.pow(3), {epochs: 200});
 */
export async function trainTwoStage(
  model: tf.LayersModel,
  x: tf.Tensor,
  y: tf.Tensor,
  options: TwoStageOptions = {},
): Promise<TwoStageResult> {
  const plan = planOf(x, y, options);
  toDense(model).dispose(); // to refuse a model before the first stage, not after it
  const regions = await trainStage(model, 'regions', x, y, plan, options);
  model.optimizer.dispose();
  const dense = toDense(model);
  try {
    return {model: dense, history: {regions, free: await trainStage(dense, 'free', x, y, plan, options)}};
  } catch (error) {
    dense.dispose();
    throw error;
  }
}

interface Plan {
  epochs: {[stage in Stage]: number};
  learningRate: {[stage in Stage]: number};
  batchSize: number;
}

function planOf(x: tf.Tensor, y: tf.Tensor, options: TwoStageOptions): Plan {
  requireOptions(options, OPTIONS, WHO);
  for (const [name, tensor] of Object.entries({x, y})) {
    if (!(tensor instanceof tf.Tensor && tensor.rank >= 1)) {
      fail(WHO, `${name} must be a tensor whose first axis is the samples`, tensor, 'For example tf.zeros([500, 1]).');
    }
  }
  const [samples] = x.shape;
  if (y.shape[0] !== samples || samples === 0) {
    fail(
      WHO,
      'x and y must have the same number of samples, at least one',
      `shapes [${x.shape}] and [${y.shape}]`,
      'Their first axes are the samples.',
    );
  }
  const epochs = perStage(options.epochs ?? 1000, 'epochs');
  const learningRate = perStage(options.learningRate ?? 1e-3, 'learningRate');
  for (const stage of ['regions', 'free'] as const) {
    requireInteger(epochs[stage], 'epochs', WHO, 0, 1000);
    requireNumber(learningRate[stage], 'learningRate', WHO, [Number.MIN_VALUE, Infinity], 0.001);
  }
  const batchSize = requireInteger(options.batchSize ?? samples, 'batchSize', WHO, 1, 32);
  return {epochs, learningRate, batchSize};
}

const STAGES: Names<{[stage in Stage]: unknown}> = {regions: true, free: true};

function perStage(value: PerStage<number>, name: string): {[stage in Stage]: number} {
  if (typeof value !== 'object') return {regions: value, free: value};
  requireOptions(value, STAGES, `${WHO}, ${name}`);
  return value;
}

/** Leaves the model compiled; if it fails, without an optimizer that holds tensors. */
async function trainStage(
  model: tf.LayersModel,
  stage: Stage,
  x: tf.Tensor,
  y: tf.Tensor,
  {epochs: allEpochs, learningRate, batchSize}: Plan,
  options: TwoStageOptions,
): Promise<tf.History['history']> {
  const {optimizer, loss, metrics, onEpoch, epochs: _, learningRate: __, batchSize: ___, ...fit} = options;
  const epochs = allEpochs[stage];
  const own = (optimizer ?? adam)(learningRate[stage], stage);
  const requireFinite = async (epoch: number, logs?: tf.Logs) => {
    if (Number.isFinite(logs?.loss)) return;
    const received = `${logs?.loss} in epoch ${epoch + 1}`;
    fail(WHO, `the loss of stage '${stage}' must stay finite`, received, 'Lower its rate.');
  };
  const report = async (epoch: number, logs?: tf.Logs) =>
    onEpoch?.({stage, epoch: epoch + 1, epochs, logs: logs ?? {}});
  const callbacks = [{onEpochEnd: requireFinite}, ...callbacksOf(options), {onEpochEnd: report}].map((callback) =>
    typeof (callback as {setModel?: unknown}).setModel === 'function'
      ? callback
      : new tf.CustomCallback(callback as tf.CustomCallbackArgs, fit.yieldEvery ?? 'auto'),
  );
  try {
    model.compile({optimizer: own, loss: loss ?? 'meanSquaredError', metrics: metrics ?? undefined});
    if (epochs === 0) return {};
    const args = {...fit, verbose: fit.verbose ?? 0, epochs, batchSize, callbacks};
    return (await model.fit(x, y, args as tf.ModelFitArgs)).history;
  } catch (error) {
    own.dispose();
    throw error;
  }
}

/** As a list: `model.fit` takes one or several, as objects or as functions by name. */
function callbacksOf({callbacks}: TwoStageOptions): unknown[] {
  return [callbacks ?? []].flat();
}

/** tfjs would take its epsilon from the backend: 1e-7, or 1e-4 with half precision, which costs a factor of 2 to 3. */
function adam(learningRate: number): tf.Optimizer {
  return tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
}
