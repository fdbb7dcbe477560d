/** The training of a network on a curve, all points at once. */

import * as tf from '@tensorflow/tfjs';
import type {Built} from './curve_models';

/** Epochs after which the learning rate has halved. */
const HALF_LIFE = 400;

export interface Fit {
  /** One step; gives the loss before it if asked. */
  step(x: tf.Tensor, y: tf.Tensor, withLoss: boolean): tf.Scalar | null;
  dispose(): void;
}

export function startFit({model, learningRate}: Built): Fit {
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  let steps = 0;
  return {
    step: (x, y, withLoss) => {
      const rate = learningRate * 0.5 ** (steps++ / HALF_LIFE);
      (optimizer as unknown as {learningRate: number}).learningRate = rate;
      const loss = () => tf.losses.meanSquaredError(y, model.apply(x) as tf.Tensor) as tf.Scalar;
      return optimizer.minimize(loss, withLoss, variables);
    },
    dispose: () => optimizer.dispose(),
  };
}
