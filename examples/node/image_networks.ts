/** Networks for small grey images, by family and budget of parameters. Each builds from a seed, takes rows of pixels and gives logits. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

/** How a block mixes the channels: by a learned 1x1 convolution, or by signs and a transform, which have no weights. */
type Mixing = 'learned' | 'transform';

export interface ImageNetworkOptions {
  /** Side of the square grey images. */
  side: number;
  classes: number;
  /** Side of the windows of the first convolution, which takes every second position. */
  stem: number;
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
  /** A pair between the depthwise convolution and the mixing. Default: false. */
  pairBefore?: boolean;
  /** Adds the input of the block to its output, where both have one shape. Default: false. */
  residual?: boolean;
}

/** Trainable numbers. For a channel: scale and offset of batch normalization before a ReLU; its offset and two slopes before a pair. */
export function countImageParameters({classes, stem, channels, blocks, activation}: ImageNetworkOptions): number {
  const perActivation = activation === 'pair' ? 3 : 2;
  let [count, inputs] = [(stem * stem + perActivation) * channels, channels];
  for (const {channels: units, mixing, pairBefore} of blocks) {
    count += (9 + (pairBefore ? 3 : 0)) * inputs + perActivation * units;
    if (mixing === 'learned') count += inputs * units;
    inputs = units;
  }
  return count + (inputs + 1) * classes;
}

/** Units that bend: one for each channel and position of each activation. */
export function countBreakpoints({side, channels, blocks}: ImageNetworkOptions): number {
  let positions = Math.ceil(side / 2) ** 2;
  let [count, inputs] = [positions * channels, channels];
  for (const {channels: units, strides = 1, pairBefore} of blocks) {
    positions = Math.ceil(Math.sqrt(positions) / strides) ** 2;
    count += positions * (units + (pairBefore ? inputs : 0));
    inputs = units;
  }
  return count;
}

/**
 * Convolution over `stem` x `stem`, normalized and bent; blocks of [depthwise 3x3, mixing over channels, normalized and bent]; the mean over
 * positions; a dense read-out. Nothing but layers of tfjs and `pw.layers`.
 */
export function buildImageNetwork(options: ImageNetworkOptions, seed: number): tf.LayersModel {
  const {side, classes, stem, channels, blocks, activation} = options;
  let layers = 0;
  const layerSeed = () => 100 * seed + layers++;
  const bend = (x: tf.SymbolicTensor, kind: ImageNetworkOptions['activation']) => {
    const normalization = tf.layers.batchNormalization({momentum: 0.9});
    const scaled = normalization.apply(x);
    const layer = kind === 'relu' ? tf.layers.reLU() : pw.layers.reluPair({sharedAxes: [1, 2]});
    const bent = layer.apply(scaled) as tf.SymbolicTensor;
    if (kind === 'pair') {
      startLeaky(layer);
      // The slopes scale already. tfjs cannot train a normalization that has no scale, so that it stays 1.
      for (const weight of normalization.weights) if (weight.name.includes('gamma')) weight.trainable = false;
    }
    return bent;
  };

  const input = tf.input({shape: [side * side]});
  const image = tf.layers.reshape({targetShape: [side, side, 1]}).apply(input) as tf.SymbolicTensor;
  const kernelInitializer = start(layerSeed(), 'fanIn');
  const first = tf.layers.conv2d({
    filters: channels,
    kernelSize: stem,
    strides: 2,
    padding: 'same',
    useBias: false,
    kernelInitializer,
  });
  let x = bend(first.apply(image) as tf.SymbolicTensor, activation);
  for (const {channels: units, mixing, strides = 1, pairBefore, residual} of blocks) {
    const before = x;
    const depthwise = tf.layers.depthwiseConv2d({
      kernelSize: 3,
      strides,
      padding: 'same',
      useBias: false,
      depthwiseInitializer: start(layerSeed(), 'fanOut'), // a channel is made of 9 numbers, whatever their number
    });
    x = depthwise.apply(x) as tf.SymbolicTensor;
    if (pairBefore) x = bend(x, 'pair');
    const mix =
      mixing === 'transform'
        ? pw.layers.whtProjection({units, seed: layerSeed(), randomBias: 0}) // a bias would be normalized away
        : tf.layers.conv2d({
            filters: units,
            kernelSize: 1,
            useBias: false,
            kernelInitializer: start(layerSeed(), 'fanIn'),
          });
    x = bend(mix.apply(x) as tf.SymbolicTensor, activation);
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

/** That of PyTorch's convolutions. */
const start = (seed: number, mode: 'fanIn' | 'fanOut') =>
  tf.initializers.varianceScaling({scale: 1 / 3, mode, distribution: 'uniform', seed});

/** Slopes 0.25 and 1: better here than equal ones, 0 and 1, and -1 and 1. */
function startLeaky(pair: tf.layers.Layer): void {
  const [negative, positive] = pair.getWeights();
  tf.tidy(() => pair.setWeights([tf.fill(negative.shape, 0.25), tf.onesLike(positive)]));
}

/** A recipe of sizes that fit a budget of parameters, or null where it has none. */
type Fit = (budget: number) => ImageNetworkOptions | null;

export interface ImageFamily {
  title: string;
  /** The best peak of a one-cycle rate in short runs, to look around. */
  learningRate: number;
  options: Fit;
}

const GREY_28 = {side: 28, classes: 10} as const;

/** The largest network of a width from 4 up that the budget holds. */
function widest(budget: number, of: (width: number) => ImageNetworkOptions): ImageNetworkOptions | null {
  let best: ImageNetworkOptions | null = null;
  for (let width = 4; ; width++) {
    const options = of(width);
    if (countImageParameters(options) > budget) return best;
    best = options;
  }
}

/** Four blocks, six from 40,000 parameters on; the second of them halves the positions. */
const even = (width: number, budget: number, block: Omit<BlockOptions, 'channels'>): BlockOptions[] =>
  Array.from({length: budget > 40_000 ? 6 : 4}, (_, i) => ({...block, channels: width, strides: i === 1 ? 2 : 1}));

/** Four blocks that are the wider the later. */
const growing = (width: number, mixing: [Mixing, Mixing, Mixing, Mixing]): BlockOptions[] =>
  mixing.map((kind, i) => ({
    mixing: kind,
    channels: width * [2, 2, 4, 4][i],
    strides: i === 1 ? 2 : 1,
    pairBefore: kind === 'transform',
  }));

/** Families by name. Ours with all blocks of transforms have powers of two as widths, where a transform cuts nothing off. */
export const IMAGE_FAMILIES = {
  depthwise: {
    title: 'depthwise CNN',
    learningRate: 0.03,
    options: (budget) =>
      widest(budget, (width) => ({
        ...GREY_28,
        stem: 5,
        channels: width,
        blocks: even(width, budget, {mixing: 'learned', residual: true}),
        activation: 'relu',
      })),
  },
  pairs: {
    title: 'depthwise CNN with pairs',
    learningRate: 0.03,
    options: (budget) =>
      widest(budget, (width) => ({
        ...GREY_28,
        stem: 5,
        channels: width,
        blocks: even(width, budget, {mixing: 'learned', residual: true}),
        activation: 'pair',
      })),
  },
  transform: {
    title: 'transform over channels',
    learningRate: 0.06,
    options: (budget) => {
      const of = (width: number): ImageNetworkOptions => ({
        ...GREY_28,
        stem: 4,
        channels: width,
        blocks: growing(width, ['transform', 'transform', 'transform', 'transform']),
        activation: 'pair',
      });
      let best: ImageNetworkOptions | null = null;
      for (let width = 4; countImageParameters(of(width)) <= budget; width *= 2) best = of(width);
      return best;
    },
  },
  mixture: {
    title: 'learned early, transform late',
    learningRate: 0.04,
    options: (budget) =>
      widest(budget, (width) => ({
        ...GREY_28,
        stem: 4,
        channels: width,
        blocks: growing(width, ['learned', 'learned', 'transform', 'transform']),
        activation: 'pair',
      })),
  },
} satisfies {[name: string]: ImageFamily};
