import * as tf from '@tensorflow/tfjs';
import type {Points} from './points';

/** The broken line through points in order, in the mean where several have one place: one ReLU for each bend. */
export function brokenLine({x, y}: Points): {model: tf.Sequential; error: number} {
  const places: {at: number; values: number[]}[] = [];
  for (const [i, at] of x.entries()) {
    if (places.at(-1)?.at === at) places.at(-1)!.values.push(y[i]);
    else places.push({at, values: [y[i]]});
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const heights = places.map(({values}) => mean(values));
  const slopes = heights.slice(1).map((height, i) => (height - heights[i]) / (places[i + 1].at - places[i].at));
  const bends = slopes.map((slope, i) => slope - (slopes[i - 1] ?? 0));
  const units = bends.length + 1; // and one for what lies before the first point
  const model = tf.sequential({
    layers: [tf.layers.dense({units, activation: 'relu', inputShape: [1]}), tf.layers.dense({units: 1})],
  });
  tf.tidy(() =>
    model.setWeights([
      tf.tensor2d([[...bends.map(() => 1), -1]]),
      tf.tensor1d([...bends.map((_, i) => -places[i].at), places[0].at]),
      tf.tensor2d([...bends, -slopes[0]], [units, 1]),
      tf.tensor1d([heights[0]]),
    ]),
  );
  const squares = places.flatMap(({values}, i) => values.map((value) => (value - heights[i]) ** 2));
  return {model, error: mean(squares)};
}
