/** The models that are compared. Each builds from a seed; all of them give logits. */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';

export interface Architecture {
  name: string;
  family: 'dense' | 'wht';
  /** Units with a breakpoint. */
  breakpoints: number;
  /** Trainable numbers spent on making them. */
  hiddenParameters: number;
  build(seed: number): tf.Sequential;
}

/** inputs - widths - classes, ReLU between. */
export function dense(inputs: number, widths: number[], classes: number): Architecture {
  const sizes = [inputs, ...widths];
  return {
    name: `dense ${[...sizes, classes].join('-')}`,
    family: 'dense',
    breakpoints: widths.reduce((sum, width) => sum + width, 0),
    hiddenParameters: widths.reduce((sum, width, i) => sum + (sizes[i] + 1) * width, 0),
    build: (seed) => {
      const model = tf.sequential();
      widths.forEach((units, i) => {
        const kernelInitializer = tf.initializers.heNormal({seed: 100 * seed + i});
        model.add(pw.layers.dense({units, activation: 'relu', kernelInitializer, inputShape: [sizes[i]]}));
      });
      model.add(readOut(classes, seed, [sizes[sizes.length - 1]]));
      return model;
    },
  };
}

export interface LowRankArchitecture extends Omit<Architecture, 'family'> {
  family: 'lowRank';
}

/** inputs - rank, which does not bend - units - classes: a dense network whose first matrix has a low rank. */
export function lowRank(inputs: number, rank: number, units: number, classes: number): LowRankArchitecture {
  return {
    name: `low-rank ${[inputs, rank, units, classes].join('-')}`,
    family: 'lowRank',
    breakpoints: units,
    hiddenParameters: inputs * rank + (rank + 1) * units,
    build: (seed) => {
      const initializer = (i: number) => tf.initializers.heNormal({seed: 100 * seed + i});
      const bottleneck = {units: rank, useBias: false, kernelInitializer: initializer(0), inputShape: [inputs]};
      const hidden = {units, activation: 'relu' as const, kernelInitializer: initializer(1)};
      return tf.sequential({
        layers: [pw.layers.dense(bottleneck), pw.layers.dense(hidden), readOut(classes, seed)],
      });
    },
  };
}

export interface WhtOptions {
  inputs: number;
  classes: number;
  /** Width of the transforms, a power of two. */
  width: number;
  /** Blocks of transform and activation. */
  blocks: number;
  /** 0, 0.5, 1 or 2 trainable numbers per breakpoint: the others are plain ReLUs. */
  parametersPerBreakpoint: number;
  /** Width to which the last transform is cut before the dense read-out; without it, none. */
  readOutWidth?: number;
  /** The option of the projections; theirs by default. */
  randomBias?: number;
}

/** [signs, transform, two slopes] x blocks, signs, transform, dense read-out. */
export function wht(options: WhtOptions): Architecture {
  const {inputs, classes, width, blocks, parametersPerBreakpoint, readOutWidth, randomBias} = options;
  const cut = readOutWidth === undefined ? '' : ` to ${readOutWidth}`;
  return {
    name: `wht ${width}x${blocks}${cut}: ${parametersPerBreakpoint} per breakpoint`,
    family: 'wht',
    breakpoints: width * blocks,
    hiddenParameters: width * blocks * parametersPerBreakpoint,
    build: (seed) => {
      const model = tf.sequential();
      const add = (layer: tf.layers.Layer) => model.add(layer);
      const layerSeed = (i: number) => 100 * seed + i;
      for (let i = 0; i < blocks; i++) {
        // A first transform that is less than twice as wide repeats nothing worth the loss of zeros.
        const expand = 2 * inputs > width ? 'pad' : 'tile';
        const shape = i === 0 ? {inputShape: [inputs]} : {};
        const parametricFraction = parametersPerBreakpoint / 2;
        const slopes = {parametricFraction, fixedGain: Math.SQRT2, seed: layerSeed(2 * i + 1)};
        const activation = pw.layers.reluPair(slopes); // in one kernel with the transform
        add(pw.layers.whtProjection({units: width, seed: layerSeed(2 * i), expand, randomBias, activation, ...shape}));
      }
      add(pw.layers.whtProjection({units: readOutWidth ?? width, seed: layerSeed(2 * blocks), randomBias}));
      add(readOut(classes, seed));
      return model;
    },
  };
}

export interface TokenOptions {
  /** Side of the square images, and of the square patches that they are cut into. */
  side: number;
  patch: number;
  classes: number;
  /** Numbers that each patch becomes, a power of two. */
  channels: number;
  /** Transforms with slopes, by turns over the channels of a patch and over the patches. */
  blocks: number;
  readOutWidth: number;
  /** The option of the projections; theirs by default. */
  randomBias?: number;
}

/** Every patch has the same slopes: [over channels or over patches, two shared slopes] x blocks, transform, dense read-out. */
export function sharedWht({
  side,
  patch,
  classes,
  channels,
  blocks,
  readOutWidth,
  randomBias,
}: TokenOptions): Architecture {
  const grid = side / patch;
  const tokens = grid * grid;
  return {
    name: `wht ${tokens} patches x ${channels} x${blocks} to ${readOutWidth}: ${2 / tokens} per breakpoint`,
    family: 'wht',
    breakpoints: tokens * channels * blocks,
    hiddenParameters: 2 * channels * blocks,
    build: (seed) => {
      const model = tf.sequential();
      model.add(tf.layers.reshape({targetShape: [grid, patch, grid, patch], inputShape: [side * side]}));
      model.add(tf.layers.permute({dims: [1, 3, 2, 4]}));
      model.add(tf.layers.reshape({targetShape: [tokens, patch * patch]}));
      for (let i = 0; i < blocks; i++) {
        const overChannels = i % 2 === 0;
        const mixed = overChannels ? {units: channels, axis: -1} : {units: tokens, axis: 1};
        const activation = pw.layers.reluPair({sharedAxes: [1], seed: 100 * seed + 50 + i});
        model.add(pw.layers.whtProjection({...mixed, seed: 100 * seed + i, expand: 'pad', randomBias, activation}));
      }
      model.add(tf.layers.flatten());
      model.add(pw.layers.whtProjection({units: readOutWidth, seed: 100 * seed + blocks, randomBias}));
      model.add(readOut(classes, seed));
      return model;
    },
  };
}

function readOut(units: number, seed: number, inputShape?: number[]): tf.layers.Layer {
  const kernelInitializer = tf.initializers.glorotNormal({seed: 100 * seed + 99});
  return pw.layers.dense({units, kernelInitializer, ...(inputShape && {inputShape})});
}
