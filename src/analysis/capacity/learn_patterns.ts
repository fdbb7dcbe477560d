import * as tf from '@tensorflow/tfjs';
import {randomSigns} from '../../math/random';

/** Random signs to random signs: `patterns` rows of `inputs`, and their labels. */
export function randomPatterns(patterns: number, inputs: number, seed: number): {x: tf.Tensor2D; y: tf.Tensor2D} {
  return {
    x: tf.tensor2d(randomSigns(patterns * inputs, seed, 1), [patterns, inputs]),
    y: tf.tensor2d(randomSigns(patterns, seed, 2), [patterns, 1]),
  };
}

/** How often it is looked whether all labels are right. */
const CHECK_STEPS = 50;
const RATE = {first: 0.05, last: 0.001};
/** The loss log(1 + exp(-b y f)) turns from smooth to a count of errors. */
const SHARPNESS = {first: 2, last: 300};

/**
 * Trains the whole batch with Adam, with a falling rate and a loss that gets sharper, until all labels are right or the
 * steps are over. Outputs of 0 are errors.
 */
export async function learnsAll(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor, steps: number): Promise<boolean> {
  const optimizer = tf.train.adam(RATE.first);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  try {
    for (let step = 0; step < steps; step++) {
      if (step % CHECK_STEPS === 0) {
        if (tf.tidy(() => allRight(model, x, y))) return true;
        await tf.nextFrame();
      }
      const progress = step / steps;
      const sharpness = SHARPNESS.first * (SHARPNESS.last / SHARPNESS.first) ** progress;
      (optimizer as unknown as {learningRate: number}).learningRate = RATE.first * (RATE.last / RATE.first) ** progress;
      const loss = () => {
        const f = model.apply(x, {training: true}) as tf.Tensor;
        return tf.div(tf.mean(tf.softplus(tf.mul(tf.mul(f, y), -sharpness))), sharpness) as tf.Scalar;
      };
      optimizer.minimize(loss, false, variables);
    }
    return tf.tidy(() => allRight(model, x, y));
  } finally {
    optimizer.dispose();
  }
}

function allRight(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): boolean {
  const f = model.predict(x, {batchSize: x.shape[0]}) as tf.Tensor;
  return tf.all(tf.greater(tf.mul(f, y), 0)).dataSync()[0] === 1;
}
