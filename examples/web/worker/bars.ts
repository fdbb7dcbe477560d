import type * as tf from '@tensorflow/tfjs';
import type * as pw from 'tfjs-piecewise';
import type {Bars} from './messages';

/** The numbers that bend a network, to be drawn as bars; null if none of its layers is ours. */
export async function barsOf(model: tf.LayersModel): Promise<Bars | null> {
  const pairs = model.layers.filter((layer) => layer.getClassName() === 'ReLUPair');
  if (pairs.length > 0) {
    const groups = await Promise.all(
      pairs.map(async (layer, i) => {
        const [negative, positive] = await Promise.all(layer.getWeights().slice(0, 2).map(valuesOf));
        return {label: `block ${i + 1}`, values: negative.map((slope, unit) => [slope, positive[unit]])};
      }),
    );
    return {title: 'Slopes of the ReLU pairs, left and right of each breakpoint', groups};
  }
  const wave = model.layers.find((layer) => ['TriangleWave', 'RegionDense'].includes(layer.getClassName()));
  if (!wave) return null;
  const {slope, intercept, waves} = (wave as pw.layers.TriangleWave).parameters();
  const peaks = await Promise.all(waves.map(({peaks}) => peaks.array() as Promise<number[][]>));
  for (const tensor of [slope, intercept, ...waves.flatMap((each) => [each.peaks, each.scales])]) tensor?.dispose();
  const groups = peaks.flat().map((levels, i) => ({label: `wave ${i + 1}`, values: levels.map((peak) => [peak])}));
  return {title: 'Where each level of the wave has its peak, 0 to 1', groups};
}

async function valuesOf(tensor: tf.Tensor): Promise<number[]> {
  return Array.from(await tensor.data());
}
