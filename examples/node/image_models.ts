import type * as tf from '@tensorflow/tfjs';
import {IMAGE_FAMILIES} from './image_families';
import {buildImageNetwork, countBreakpoints, countImageParameters} from './image_networks';
import type {Architecture} from './models';

export type ImageFamilyName = keyof typeof IMAGE_FAMILIES;

export interface ImageArchitecture extends Omit<Architecture, 'family' | 'build'> {
  family: 'image';
  build(seed: number): tf.LayersModel;
}

/** A network of convolutions of a family, the largest that takes at most so many parameters. */
export function image(family: ImageFamilyName, budget: number): ImageArchitecture {
  const {title, options: sizes} = IMAGE_FAMILIES[family];
  const options = sizes(budget);
  if (!options) throw new Error(`image: no ${title} has ${budget} parameters or fewer.`);
  const {blocks, classes} = options;
  const readOutWidth = blocks[blocks.length - 1].channels;
  return {
    name: `image ${title}, up to ${budget}`,
    family: 'image',
    breakpoints: countBreakpoints(options),
    hiddenParameters: countImageParameters(options) - (readOutWidth + 1) * classes,
    build: (seed) => buildImageNetwork(options, seed),
  };
}
