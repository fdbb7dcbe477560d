/** The families that are compared on images: flat ones, which know nothing of neighbours, and those over channels. */

import * as tf from '@tensorflow/tfjs';
import {IMAGE_FAMILIES, IMAGE_VARIANTS, type ImageFamily} from '../../../node/image_families';
import {buildImageNetwork, countImageParameters} from '../../../node/image_networks';
import {dense, wht} from '../../../node/models';

export const BUDGETS = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];

const PIXELS = 784;
const CLASSES = 10;

export interface Network {
  name: string;
  /** Trainable numbers. */
  parameters: number;
  build(seed: number): tf.LayersModel;
}

export interface Family {
  title: string;
  /** Whether its layers are those of this package; the others are rivals. */
  ours: boolean;
  /** Whether it sees a row of pixels and no neighbours. */
  flat: boolean;
  /** Highest rates of a one-cycle training that are tried first; the first of them where none was. */
  rates: [number, ...number[]];
  /** The network of a budget, or null where the family has none. */
  network(budget: number): Network | null;
}

/** Two to begin with: the search goes on to that side on which the better one lies. */
const around = (rate: number): [number, ...number[]] => [rate, 2 * rate];

const overChannels = ({title, learningRate, options}: ImageFamily, ours: boolean): Family => ({
  title,
  ours,
  flat: false,
  rates: around(learningRate),
  network: (budget) => {
    const network = options(budget);
    if (!network) return null;
    const {stem, channels, blocks} = network;
    return {
      name: `stem ${stem}x${stem}, ${[channels, ...blocks.map((block) => block.channels)].join('-')}`,
      parameters: countImageParameters(network),
      build: (seed) => buildImageNetwork(network, seed),
    };
  },
});

/** Those of every table and chart. */
const COMPARED_FAMILIES = {
  dense: {
    title: 'dense',
    ours: false,
    flat: true,
    rates: around(0.01),
    network: (budget) => {
      const units = Math.floor((budget - CLASSES) / (PIXELS + 1 + CLASSES));
      if (units < 2) return null;
      const {name, build} = dense(PIXELS, [units], CLASSES);
      return {name: name.replace('dense ', ''), parameters: units * (PIXELS + 1 + CLASSES) + CLASSES, build};
    },
  },
  lowRank: {
    title: 'low-rank dense',
    ours: false,
    flat: true,
    rates: around(0.01),
    network: (budget) => {
      const rank = Math.floor(budget / 1024);
      const units = Math.floor((budget - PIXELS * rank - CLASSES) / (rank + 1 + CLASSES));
      if (rank < 1 || units < 2) return null;
      return {
        name: `${PIXELS}-${rank}-${units}-${CLASSES}`,
        parameters: PIXELS * rank + (rank + 1) * units + (units + 1) * CLASSES,
        build: (seed) => lowRank(rank, units, seed),
      };
    },
  },
  flat: {
    title: 'transform over pixels',
    ours: true,
    flat: true,
    rates: around(0.02),
    network: (budget) => {
      const power = 2 ** Math.floor(Math.log2(budget));
      const readOutWidth = Math.min(128, power / 32);
      const width = Math.min(1024, power / 4);
      const blocks = Math.floor((budget - (readOutWidth + 1) * CLASSES) / (2 * width));
      if (readOutWidth < 8 || blocks > 16) return null; // deeper than any that gained
      const options = {inputs: PIXELS, classes: CLASSES, width, blocks, parametersPerBreakpoint: 2, readOutWidth};
      return {
        name: `${width}x${blocks} to ${readOutWidth}`,
        parameters: 2 * width * blocks + (readOutWidth + 1) * CLASSES,
        build: wht({...options, randomBias: 0}).build,
      };
    },
  },
  depthwise: overChannels(IMAGE_FAMILIES.depthwise, false),
  mobile: overChannels(IMAGE_FAMILIES.mobile, false),
  pairs: overChannels(IMAGE_FAMILIES.pairs, true),
  transform: overChannels(IMAGE_FAMILIES.transform, true),
  mixture: overChannels(IMAGE_FAMILIES.mixture, true),
} satisfies {[name: string]: Family};

/** Those that were tried at some budgets. */
const VARIANT_FAMILIES = {
  signs: overChannels(IMAGE_VARIANTS.signs, true),
  blocks: overChannels(IMAGE_VARIANTS.blocks, true),
  fixedStem: overChannels(IMAGE_VARIANTS.fixedStem, true),
  turns: overChannels(IMAGE_VARIANTS.turns, true),
} satisfies {[name: string]: Family};

export const FAMILIES = {...COMPARED_FAMILIES, ...VARIANT_FAMILIES};
export type FamilyName = keyof typeof FAMILIES;

export const COMPARED = Object.keys(COMPARED_FAMILIES) as FamilyName[];

/** The first matrix as a product of two: 784 - rank - units - 10, without a bend at the rank. */
function lowRank(rank: number, units: number, seed: number): tf.LayersModel {
  const initializer = (i: number) => tf.initializers.heNormal({seed: 100 * seed + i});
  return tf.sequential({
    layers: [
      tf.layers.dense({units: rank, useBias: false, kernelInitializer: initializer(0), inputShape: [PIXELS]}),
      tf.layers.dense({units, activation: 'relu', kernelInitializer: initializer(1)}),
      tf.layers.dense({units: CLASSES, kernelInitializer: tf.initializers.glorotNormal({seed: 100 * seed + 99})}),
    ],
  });
}
