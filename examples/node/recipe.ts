import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

/** How a model is trained. */
export interface Recipe {
  /** Highest rate of AdamW, from which it falls to 0 along a half cosine. */
  learningRate: number;
  /** Share of the steps in which the rate rises before. Default: 0, where the first step has the highest. */
  warmup?: number;
  /** Decoupled decay of all trained numbers, in units of the learning rate. */
  weightDecay: number;
  /** Share of the target that is spread over all classes. */
  labelSmoothing: number;
  batchSize: number;
  epochs: number;
}

/** Compiles a model of logits. The result sets the learning rate: `schedule.set(optimizer, step, steps)`. */
export function compile(
  model: tf.LayersModel,
  {learningRate, warmup, weightDecay, labelSmoothing}: Recipe,
): {optimizer: pw.optimizers.AdamW; schedule: pw.schedules.Schedule} {
  const optimizer = pw.optimizers.adamW({learningRate, weightDecay, epsilon: 1e-8, excludeFromWeightDecay: []});
  model.compile({
    optimizer,
    loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits, undefined, labelSmoothing),
  });
  const schedule = warmup ? pw.schedules.oneCycle({learningRate, warmup}) : pw.schedules.cosine({learningRate});
  return {optimizer, schedule};
}
