import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

/** How a model is trained. */
export interface Recipe {
  /** Rate of AdamW at the first step; it falls to 0 along a half cosine. */
  learningRate: number;
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
  {learningRate, weightDecay, labelSmoothing}: Recipe,
): {optimizer: pw.optimizers.AdamW; schedule: pw.schedules.Schedule} {
  const optimizer = pw.optimizers.adamW({learningRate, weightDecay, epsilon: 1e-8, excludeFromWeightDecay: []});
  model.compile({
    optimizer,
    loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits, undefined, labelSmoothing),
  });
  return {optimizer, schedule: pw.schedules.cosine({learningRate})};
}
