/** Convolutional networks for small grey images. Each builds from a seed, takes rows of pixels and gives logits. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

/**
 * How a block mixes the channels: by a learned 1x1 convolution; by signs and a transform, which have no weights; by a transform whose
 * signs are trained; by learned blocks of 4 channels and a transform over all.
 */
export type Mixing = 'learned' | 'transform' | 'signs' | 'blocks';

export interface ImageNetworkOptions {
  /** Side of the square grey images. */
  side: number;
  classes: number;
  /** Side of the windows of the first convolution, which takes every second position. */
  stem: number;
  /** Its windows are those of a transform, and have no trainable numbers. Default: false. */
  fixedStem?: boolean;
  /** Channels after the first convolution. */
  channels: number;
  blocks: BlockOptions[];
  activation: 'relu' | 'pair';
}

export interface BlockOptions {
  /** Channels after the mixing. */
  channels: number;
  mixing: Mixing;
  /** 2 to take every second position. Default: 1. */
  strides?: 1 | 2;
  /** Normalizes and bends between the depthwise convolution and the mixing, too. Default: false. */
  bendBefore?: boolean;
  /** Adds the input of the block to its output, where both have one shape. Default: false. */
  residual?: boolean;
}

/** Trainable numbers. For a channel: scale and offset of batch normalization before a ReLU; its offset and two slopes before a pair. */
export function countImageParameters(options: ImageNetworkOptions): number {
  const {classes, stem, fixedStem, channels, blocks, activation} = options;
  const perActivation = activation === 'pair' ? 3 : 2;
  let [count, inputs] = [((fixedStem ? 0 : stem * stem) + perActivation) * channels, channels];
  for (const {channels: units, mixing, bendBefore} of blocks) {
    count +=
      (9 + (bendBefore ? perActivation : 0)) * inputs + perActivation * units + MIXING_WEIGHTS[mixing](inputs, units);
    inputs = units;
  }
  return count + (inputs + 1) * classes;
}

/** Channels of a block that is learned before a transform. */
const BLOCK = 4;

const MIXING_WEIGHTS: {[mixing in Mixing]: (inputs: number, units: number) => number} = {
  learned: (inputs, units) => inputs * units,
  transform: () => 0,
  signs: (inputs, units) => 2 ** Math.ceil(Math.log2(Math.max(inputs, units))),
  blocks: (inputs) => BLOCK * inputs,
};

/** Units that bend: one for each channel and position of each activation. */
export function countBreakpoints({side, channels, blocks}: ImageNetworkOptions): number {
  let positions = Math.ceil(side / 2) ** 2;
  let [count, inputs] = [positions * channels, channels];
  for (const {channels: units, strides = 1, bendBefore} of blocks) {
    positions = Math.ceil(Math.sqrt(positions) / strides) ** 2;
    count += positions * (units + (bendBefore ? inputs : 0));
    inputs = units;
  }
  return count;
}

/**
 * Convolution over `stem` x `stem`, normalized and bent; blocks of [depthwise 3x3, mixing over channels, normalized and bent]; the mean over
 * positions; a dense read-out. Nothing but layers of tfjs and `pw.layers`.
 */
export function buildImageNetwork(options: ImageNetworkOptions, seed: number): tf.LayersModel {
  const {side, classes, stem, fixedStem, channels, blocks, activation} = options;
  let layers = 0;
  const layerSeed = () => 100 * seed + layers++;
  const bend = (x: tf.SymbolicTensor) => {
    const normalization = tf.layers.batchNormalization({momentum: 0.9});
    const scaled = normalization.apply(x);
    const layer = activation === 'relu' ? tf.layers.reLU() : pw.layers.reluPair({sharedAxes: [1, 2]});
    const bent = layer.apply(scaled) as tf.SymbolicTensor;
    if (activation === 'pair') {
      startLeaky(layer);
      // The slopes scale already. tfjs cannot train a normalization that has no scale, so that it stays 1.
      for (const weight of normalization.weights) if (weight.name.includes('gamma')) weight.trainable = false;
    }
    return bent;
  };

  const input = tf.input({shape: [side * side]});
  const image = tf.layers.reshape({targetShape: [side, side, 1]}).apply(input) as tf.SymbolicTensor;
  const firstSeed = layerSeed();
  const first = tf.layers.conv2d({
    filters: channels,
    kernelSize: stem,
    strides: 2,
    padding: 'same',
    useBias: false,
    kernelInitializer: start(firstSeed, 'fanIn'),
    trainable: !fixedStem,
  });
  let x = first.apply(image) as tf.SymbolicTensor;
  if (fixedStem) fixWindows(first, firstSeed);
  x = bend(x);
  for (const {channels: units, mixing, strides = 1, bendBefore, residual} of blocks) {
    const before = x;
    const depthwise = tf.layers.depthwiseConv2d({
      kernelSize: 3,
      strides,
      padding: 'same',
      useBias: false,
      depthwiseInitializer: start(layerSeed(), 'fanOut'), // a channel is made of 9 numbers, whatever their number
    });
    x = depthwise.apply(x) as tf.SymbolicTensor;
    if (bendBefore) x = bend(x);
    for (const layer of mixers(mixing, units, layerSeed())) x = layer.apply(x) as tf.SymbolicTensor;
    x = bend(x);
    const added = residual && strides === 1 && before.shape[3] === units;
    if (added) x = tf.layers.add().apply([before, x]) as tf.SymbolicTensor;
  }
  const mean = tf.layers.globalAveragePooling2d({dataFormat: 'channelsLast'}).apply(x);
  const readOut = tf.layers.dense({
    units: classes,
    kernelInitializer: tf.initializers.glorotNormal({seed: layerSeed()}),
  });
  return tf.model({inputs: input, outputs: readOut.apply(mean) as tf.SymbolicTensor});
}

/** Layers that mix the channels at each position. */
function mixers(mixing: Mixing, units: number, seed: number): tf.layers.Layer[] {
  const kernelInitializer = start(seed, 'fanIn');
  if (mixing === 'learned')
    return [tf.layers.conv2d({filters: units, kernelSize: 1, useBias: false, kernelInitializer})];
  // A bias would be normalized away.
  const transform = pw.layers.whtProjection({units, seed, randomBias: 0, trainableSigns: mixing === 'signs'});
  if (mixing !== 'blocks') return [transform];
  return [
    pw.layers.blockDense({size: BLOCK, useBias: false, activation: 'linear', kernelInitializer, seed}),
    transform,
  ];
}

/** Gives a convolution the windows of a transform: what it makes of each pixel by itself. */
function fixWindows(convolution: tf.layers.Layer, seed: number): void {
  const [{shape}] = convolution.getWeights();
  const [height, width, , filters] = shape;
  tf.tidy(() => {
    const pixels = tf.eye(height * width);
    const windows = pw.layers.whtProjection({units: filters, seed, randomBias: 0}).apply(pixels) as tf.Tensor;
    convolution.setWeights([tf.reshape(windows, shape)]);
  });
}

/** That of PyTorch's convolutions. */
const start = (seed: number, mode: 'fanIn' | 'fanOut') =>
  tf.initializers.varianceScaling({scale: 1 / 3, mode, distribution: 'uniform', seed});

/** Slopes 0.25 and 1: better here than equal ones, 0 and 1, and -1 and 1. */
function startLeaky(pair: tf.layers.Layer): void {
  const [negative, positive] = pair.getWeights();
  tf.tidy(() => pair.setWeights([tf.fill(negative.shape, 0.25), tf.onesLike(positive)]));
}
