import * as tf from '@tensorflow/tfjs';
import {fail} from '../../errors';
import type {RegionDense} from '../../layers/region_dense';
import type {TriangleWave} from '../../layers/triangle_wave';
import {endSlopes} from '../../layers/wave/bank';
import {BATCH_NORM} from '../../layers/wave/batch_norm';
import type {WaveLayer} from '../../layers/wave/layer';
import type {ActivationIdentifier} from '../../tfjs_internals';
import {weightsOf} from '../source';
import {type Affine, type Converter, composed, densePart, type Part, requireKernelSize} from './part';
import {waveNetwork} from './wave_network';

/** The affine maps of a layer's functions, of u for 'sigmoid', else of its input; ReLUs between. */
export function waveMaps(layer: WaveLayer): Affine[] {
  const {slope, intercept, waves} = layer.parameters();
  const channels = slope.size;
  const functions = channels * waves.length;
  requireKernelSize(6 * functions, 6 * functions, layer);
  // A second wave becomes further channels without a base line, which are added up at the end.
  const line = tf.concat([slope, tf.zeros([channels * (waves.length - 1)])]) as tf.Tensor1D;
  const all = {peaks: tf.concat(waves.map(({peaks}) => peaks)), scales: tf.concat(waves.map(({scales}) => scales))};
  const keepsSign = ['tied', 'free'].includes(layer.scaling);
  const outside = outsideOf(layer);
  const maps = waveNetwork(
    {...all, slope: line, ends: endSlopes(all), keepsSign},
    outside === 'line' ? 'line' : 'never',
  );

  const each = tf.eye(channels);
  const copies = waves.map(() => each);
  const [low, high] = layer.domain;
  const toUnit = {
    kernel: tf.div(each, high - low) as tf.Tensor2D,
    bias: tf.fill([channels], -low / (high - low)) as tf.Tensor1D,
  };
  const toWaves = {kernel: tf.concat(copies, 1) as tf.Tensor2D, bias: tf.zeros([functions]) as tf.Tensor1D};
  const total = {kernel: tf.concat(copies, 0) as tf.Tensor2D, bias: (intercept ?? tf.zeros([channels])) as tf.Tensor1D};
  maps[0] = composed(toWaves, maps[0]);
  maps.push(composed(maps.pop()!, total));
  if (outside === 'clip') {
    // relu(1 - relu(1 - u)): exactly 0 and 1 outside, where sums of ReLUs of u itself would cancel to a rounding error of u.
    const rest = {kernel: tf.neg(each) as tf.Tensor2D, bias: tf.ones([channels]) as tf.Tensor1D};
    maps[0] = composed(rest, maps[0]);
    maps.unshift(rest);
  }
  maps[0] = composed(toUnit, maps[0]);
  return maps;
}

/** The standard layers that bring an input to (0, 1), if a sigmoid does. */
export function normParts(layer: WaveLayer): Part[] {
  const {name, inputNorm} = layer;
  const sigmoid = {layer: tf.layers.activation({activation: 'sigmoid', name: `${name}_norm`}), weights: []};
  if (inputNorm === 'sigmoid') return [sigmoid];
  if (inputNorm !== 'batchNorm+sigmoid') return [];
  const {norm_scale, norm_offset, norm_mean, norm_variance} = weightsOf(layer);
  const batchNorm = tf.layers.batchNormalization({...BATCH_NORM, name: `${name}_batch_norm`});
  return [{layer: batchNorm, weights: [norm_scale, norm_offset, norm_mean, norm_variance]}, sigmoid];
}

function outsideOf({name, inputNorm, outside}: WaveLayer): 'never' | 'clip' | 'line' {
  if (inputNorm === 'fold') {
    fail(
      `toDense, layer ${name}`,
      "inputNorm must not be 'fold', which has kinks without end",
      inputNorm,
      "Use 'clip', or convert the layers before and after it, as models of their own.",
    );
  }
  if (inputNorm === 'sigmoid' || inputNorm === 'batchNorm+sigmoid') return 'never';
  return inputNorm === 'none' && outside === 'linear' ? 'line' : 'clip';
}

/** `depth` dense ReLU layers of 4 units a channel, and a linear one; one of 1 unit before them where the input is clipped. */
export const convertTriangleWave: Converter<TriangleWave> = (layer) => {
  const {name} = layer;
  const maps = waveMaps(layer);
  const output = maps.pop()!;
  return [...normParts(layer), ...hiddenParts(layer, maps), densePart(`${name}_output`, output)];
};

/** The ReLU layers of the maps: `depth` of them, after one that clips the input where that is needed. */
function hiddenParts({name, depth}: WaveLayer, maps: Affine[]): Part[] {
  const first = maps.length - depth;
  return maps.map((map, i) => densePart(i < first ? `${name}_clip` : `${name}_hidden${i - first + 1}`, map, 'relu'));
}

/** `depth` dense ReLU layers of 4 units a subnet between the two linear maps, which become part of the first and last. */
export const convertRegionDense: Converter<RegionDense> = (layer) => {
  const {name} = layer;
  const {kernel, offset, mix, bias} = weightsOf(layer);
  const directions: Affine = {
    kernel: kernel as tf.Tensor2D,
    bias: (offset as tf.Tensor1D) ?? tf.zeros([layer.subnets]),
  };
  const maps = waveMaps(layer);
  const output = composed(maps.pop()!, {
    kernel: mix as tf.Tensor2D,
    bias: (bias as tf.Tensor1D) ?? tf.zeros([layer.units]),
  });
  const norm = normParts(layer);
  if (norm.length === 0) maps[0] = composed(directions, maps[0]);
  return [
    ...(norm.length > 0 ? [densePart(`${name}_directions`, directions), ...norm] : []),
    ...hiddenParts(layer, maps),
    densePart(`${name}_output`, output, layer.getConfig().activation as ActivationIdentifier),
  ];
};
