import * as tf from '@tensorflow/tfjs';
import {averaged, type Curve, isStraight} from './points';

/** A share of the size of y: about what float32 numbers are rounded by. */
const ROUNDING = 2 ** -22;

/** A dense layer of one unit, if a straight line fits all points, or no more than two places are known; else null. */
export function lineOf(curve: Curve): tf.Sequential | null {
  const {
    x,
    y,
    domain: [low],
    distinct,
    mean,
  } = curve;
  const middle = x.reduce((sum, value) => sum + (value - low), 0) / x.length;
  let [products, squares] = [0, 0];
  for (const [i, value] of x.entries()) {
    products += (value - low - middle) * (y[i] - mean);
    squares += (value - low - middle) ** 2;
  }
  const slope = products / squares;
  const most = y.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const farthest = x.reduce(
    (distance, value, i) => Math.max(distance, Math.abs(mean + slope * (value - low - middle) - y[i])),
    0,
  );
  if (distinct > 2 && farthest > ROUNDING * most && !isStraight(averaged(curve))) return null;
  const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [1]})]});
  tf.tidy(() => model.setWeights([tf.tensor2d([[slope]]), tf.tensor1d([mean - slope * (low + middle)])]));
  return model;
}
