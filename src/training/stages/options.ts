import * as tf from '@tensorflow/tfjs';
import {fail, type Names, requireInteger, requireNumber, requireOneOf, requireOptions} from '../../errors';

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

/** What `model.fitDataset` takes besides. */
type FitDatasetOptions = Omit<tf.ModelFitDatasetArgs<tf.TensorContainer>, 'epochs'>;

/** Options of the two stages themselves. */
interface OwnOptions {
  /** Epochs of each stage, integers >= 0. Default: 1000. */
  epochs?: PerStage<number>;
  /** Learning rates at the begin, above 0. Default: {regions: 0.03, free: 0.003}. */
  learningRate?: PerStage<number>;
  /** How the rates go on: down along half a cosine, by `pw.schedules.cosine`, or not. Default: 'cosine'. */
  schedule?: 'cosine' | 'constant';
  /**
   * 'chord': an untrained model of one triangle wave of one variable, made without base, scale, curvature and domain, gets
   * these from `pw.chordStart`; all other models train as they are. 'model' trains each as it is. Default: 'chord'.
   */
  start?: 'chord' | 'model';
  /** Makes a new optimizer for each stage. Default: Adam with an epsilon of 1e-8 on every backend. */
  optimizer?: (learningRate: number, stage: Stage) => tf.Optimizer;
  /** As in `model.compile`. Default: 'meanSquaredError'. */
  loss?: tf.ModelCompileArgs['loss'];
  /** As in `model.compile`. Default: none. */
  metrics?: tf.ModelCompileArgs['metrics'];
  /** Called after each epoch; training waits for a promise. */
  onEpoch?: (report: EpochReport) => void | Promise<void>;
}

/** Options of {@link trainTwoStage} with tensors: its own, and all of `model.fit`, which are used in both stages. */
export interface TwoStageOptions extends OwnOptions, FitOptions {
  /** Samples per step. Default: all of them. */
  batchSize?: number;
}

/** Options of {@link trainTwoStage} with a dataset: its own, and all of `model.fitDataset`, which are used in both stages. */
export interface TwoStageDatasetOptions extends OwnOptions, FitDatasetOptions {}

const OWN: Names<OwnOptions> = {
  epochs: true,
  learningRate: true,
  schedule: true,
  start: true,
  optimizer: true,
  loss: true,
  metrics: true,
  onEpoch: true,
};

const TENSORS: Names<TwoStageOptions> = {
  ...OWN,
  batchSize: true,
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

const DATASET: Names<TwoStageDatasetOptions> = {
  ...OWN,
  batchesPerEpoch: true,
  verbose: true,
  callbacks: true,
  validationData: true,
  validationBatchSize: true,
  validationBatches: true,
  yieldEvery: true,
  initialEpoch: true,
  classWeight: true,
};

/** The options, checked; those of tfjs apart. */
export interface Plan extends Omit<OwnOptions, 'epochs' | 'learningRate'> {
  epochs: {[stage in Stage]: number};
  learningRate: {[stage in Stage]: number};
  schedule: 'cosine' | 'constant';
  start: 'chord' | 'model';
  /** For `fit` or `fitDataset`. */
  fit: {callbacks?: unknown; yieldEvery?: FitOptions['yieldEvery']; batchSize?: number; batchesPerEpoch?: number};
}

export const WHO = 'trainTwoStage';

export function planOf(options: TwoStageOptions | TwoStageDatasetOptions, samples: number | null): Plan {
  requireOptions(options, samples === null ? DATASET : TENSORS, WHO);
  const {epochs, learningRate, schedule, start, optimizer, loss, metrics, onEpoch, ...fit} = options;
  const plan: Plan = {
    epochs: perStage(epochs ?? 1000, 'epochs'),
    learningRate: perStage(learningRate ?? {regions: 0.03, free: 0.003}, 'learningRate'),
    schedule: requireOneOf(schedule ?? 'cosine', 'schedule', WHO, ['cosine', 'constant']),
    start: requireOneOf(start ?? 'chord', 'start', WHO, ['chord', 'model']),
    optimizer,
    loss,
    metrics,
    onEpoch,
    fit: fit as Plan['fit'],
  };
  for (const stage of ['regions', 'free'] as const) {
    requireInteger(plan.epochs[stage], 'epochs', WHO, 0, 1000);
    requireNumber(plan.learningRate[stage], 'learningRate', WHO, [Number.MIN_VALUE, Infinity], 0.003);
  }
  if (samples !== null) plan.fit.batchSize = requireInteger(plan.fit.batchSize ?? samples, 'batchSize', WHO, 1, 32);
  return plan;
}

const STAGES: Names<{[stage in Stage]: unknown}> = {regions: true, free: true};

function perStage(value: PerStage<number>, name: string): {[stage in Stage]: number} {
  if (typeof value !== 'object') return {regions: value, free: value};
  requireOptions(value, STAGES, `${WHO}, ${name}`);
  return value;
}

/** Inputs and targets of the training. */
export type Samples = {x: tf.Tensor; y: tf.Tensor} | {dataset: tf.data.Dataset<tf.TensorContainer>};

/** The number of samples, null for a dataset. */
export function requireSamples(samples: Samples): number | null {
  if ('dataset' in samples) return null;
  const {x, y} = samples;
  for (const [name, tensor] of Object.entries({x, y})) {
    if (!(tensor instanceof tf.Tensor && tensor.rank >= 1)) {
      const fix = 'For example tf.zeros([500, 1]); or pass a dataset of {xs, ys} alone.';
      fail(WHO, `${name} must be a tensor whose first axis is the samples`, tensor, fix);
    }
  }
  const [count] = x.shape;
  if (y.shape[0] !== count || count === 0) {
    const expected = 'x and y must have the same number of samples, at least one';
    fail(WHO, expected, `shapes [${x.shape}] and [${y.shape}]`, 'Their first axes are the samples.');
  }
  return count;
}
