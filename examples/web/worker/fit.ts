/** The training of a network, all points at once. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {HALF_LIFE} from '../networks/half_life';
import type {Built} from './built';

export type Loss = 'meanSquaredError' | 'sigmoidCrossEntropy';

export interface Fit {
  /** One step; gives the loss before it if asked. */
  step(x: tf.Tensor, y: tf.Tensor, withLoss: boolean): tf.Scalar | null;
  dispose(): void;
}

export function startFit({model, learningRate}: Built, loss: Loss): Fit {
  const optimizer = pw.optimizers.adamW({learningRate, weightDecay: 0});
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  let steps = 0;
  return {
    step: (x, y, withLoss) => {
      optimizer.learningRate = learningRate * 0.5 ** (steps++ / HALF_LIFE);
      const lossOf = () => tf.losses[loss](y, model.apply(x) as tf.Tensor) as tf.Scalar;
      return optimizer.minimize(lossOf, withLoss, variables);
    },
    dispose: () => optimizer.dispose(),
  };
}
