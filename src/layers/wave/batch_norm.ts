import * as tf from '@tensorflow/tfjs';
import type {LayerWeight} from '../../tfjs_internals';
import type {AddWeight} from './bank';

/** Those of tf.layers.batchNormalization. */
export const BATCH_NORM = {momentum: 0.99, epsilon: 1e-3} as const;

/** What `tf.layers.batchNormalization` does to the last axis, with weights of the layer's own: inner layers' are not saved. */
export class WaveBatchNorm {
  private readonly scale: LayerWeight;
  private readonly offset: LayerWeight;
  private readonly mean: LayerWeight;
  private readonly variance: LayerWeight;

  constructor(channels: number, add: AddWeight) {
    const {zeros, ones} = tf.initializers;
    this.scale = add('norm_scale', [channels], ones());
    this.offset = add('norm_offset', [channels], zeros());
    this.mean = add('norm_mean', [channels], zeros(), false);
    this.variance = add('norm_variance', [channels], ones(), false);
  }

  /** In training by mean and variance of the batch, which the moving ones follow; else, and frozen, by the moving ones. */
  apply(x: tf.Tensor, training: boolean): tf.Tensor {
    let [mean, variance]: tf.Tensor[] = [this.mean.read(), this.variance.read()];
    if (training) {
      const batchAxes = x.shape.slice(1).map((_, i) => i);
      ({mean, variance} = tf.moments(x, batchAxes));
      follow(this.mean, mean);
      follow(this.variance, variance);
    }
    const factor = tf.mul(tf.rsqrt(tf.add(variance, BATCH_NORM.epsilon)), this.scale.read());
    return tf.add(tf.mul(tf.sub(x, mean), factor), this.offset.read());
  }
}

function follow(moving: LayerWeight, value: tf.Tensor): void {
  const before = moving.read();
  moving.write(tf.add(before, tf.mul(tf.sub(value, before), 1 - BATCH_NORM.momentum)));
}
