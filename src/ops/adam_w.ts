import * as tf from '@tensorflow/tfjs';
import type {KernelDefinition} from '../engine';

type Inputs = {weight: tf.Tensor; gradient: tf.Tensor; first: tf.Tensor; second: tf.Tensor};
type Attrs = {
  beta1: number;
  beta2: number;
  /** Learning rate and the correction of both moments in one factor, */
  rate: number;
  /** and epsilon with that of the second moment. */
  epsilon: number;
  /** Share of the way to where the weight rests that it goes, */
  decay: number;
  /** and that place. */
  rest: number;
};

/** One step of the optimizer on one weight: the new weight and its moments. See AdamW for the formula. */
export const adamWKernel: KernelDefinition<Inputs, Attrs> = {
  name: 'AdamW',
  inputs: ['weight', 'gradient', 'first', 'second'],
  forward: ({weight, gradient, first, second}, {beta1, beta2, rate, epsilon, decay, rest}) => {
    const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const update = tf.mul(tf.div(m, tf.add(tf.sqrt(v), epsilon)), rate);
    return [tf.sub(tf.sub(weight, tf.mul(tf.sub(weight, rest), decay)), update), m, v];
  },
};
