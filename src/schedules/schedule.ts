import * as tf from '@tensorflow/tfjs';
import {fail, requireInteger} from '../errors';

/** How the optimizers of tfjs take a rate: by a method, or by a property that is public in JavaScript only. */
interface AnyOptimizer {
  learningRate?: unknown;
  setLearningRate?(rate: number): void;
}

/** What `fit` says of a training. */
interface TrainingParams {
  epochs?: number;
  /** Batches of an epoch, for datasets that know it. */
  steps?: number | null;
  samples?: number | null;
  batchSize?: number | null;
}

/**
 * A learning rate that follows the training: a callback for `model.fit` and `model.fitDataset`, which sets the rate of the
 * model's optimizer before each batch. It knows the number of all steps, epochs times batches, and reads the place in
 * the training from the epoch: with `initialEpoch` a training that goes on has the rates that it would have had.
 *
 * Works with each optimizer of tfjs and with `pw.optimizers`; the rate that those were made with is not used. Beside
 * other callbacks it stands in an array in which all are objects of classes: `new tf.CustomCallback({onEpochEnd})`.
 *
 * For a loop of one's own, `rate(step, steps)` is the formula, and `set(optimizer, step, steps)` sets it.
 *
 * @throws In `fit` and `set`, if the optimizer has no learning rate, or a dataset does not know how many batches it has: pass
 *   `batchesPerEpoch`; in `set`, if the step is none of the steps.
 *
 * @example
 * const schedule = pw.schedules.cosine({learningRate: 0.01});
 * const optimizer = pw.optimizers.adamW();
 * for (let step = 0; step < 10; step++) schedule.set(optimizer, step, 10); // and then a step of the optimizer
 */
export abstract class Schedule extends tf.Callback {
  private steps = 0;
  private batches = 0;
  private epoch = 0;

  /** @param who Its name in errors. */
  protected constructor(private readonly who: string) {
    super();
  }

  /** The rate of step 0 .. steps - 1. */
  abstract rate(step: number, steps: number): number;

  /** Gives an optimizer its rate for a step. */
  set(optimizer: tf.Optimizer, step: number, steps: number): void {
    const {who} = this;
    requireInteger(steps, 'steps', who, 1, 1000);
    requireInteger(step, 'step', who, 0, 0);
    if (step >= steps) fail(who, `step must be below steps, which is ${steps}`, step, 'The first step is 0.');
    const rate = this.rate(step, steps);
    const target = optimizer as unknown as AnyOptimizer;
    if (typeof target.setLearningRate === 'function') target.setLearningRate(rate);
    else if (typeof target.learningRate === 'number') target.learningRate = rate;
    else
      fail(who, 'the optimizer must have a learning rate', optimizer?.getClassName(), 'For example tf.train.adam().');
  }

  override async onTrainBegin(): Promise<void> {
    const {epochs, steps, samples, batchSize} = this.params as TrainingParams;
    this.batches = steps ?? Math.ceil((samples ?? Number.NaN) / (batchSize ?? Number.NaN));
    if (!(this.batches >= 1)) {
      const fix = 'Pass batchesPerEpoch to fitDataset.';
      fail(this.who, 'the number of batches of an epoch must be known', 'a dataset without a size', fix);
    }
    this.steps = (epochs as number) * this.batches;
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch;
  }

  override async onBatchBegin(batch: number): Promise<void> {
    // A dataset may have more batches than it said.
    const step = Math.min(this.epoch * this.batches + batch, this.steps - 1);
    this.set((this.model as unknown as tf.LayersModel).optimizer, step, this.steps);
  }
}
