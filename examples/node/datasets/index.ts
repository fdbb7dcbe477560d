/** The image sets of the examples, by name. */

import type {Dataset} from './dataset';
import {loadDigits} from './digits';
import {loadFashionMnist} from './fashion_mnist';

export type {Checksums} from './checksum';
export {readChecksums, sha256} from './checksum';
export type {Dataset, Examples} from './dataset';
export {loadDigits} from './digits';
export {parseDigits} from './digits_table';
export {loadFashionMnist} from './fashion_mnist';
export {parseIdx} from './idx';
export {shuffledIndices, stratifiedSplit} from './split';

export const DATASETS = ['digits', 'fashion-mnist'] as const;

export type DatasetName = (typeof DATASETS)[number];

export interface DatasetOptions {
  /** Folder to read from, instead of the places the loader knows. */
  data?: string;
  /** Folder for downloaded files. */
  cache?: string;
  /** Fashion-MNIST only: training images to set aside for validation. The digits always have 360. */
  validationCount?: number;
}

/**
 * Loads a set of labelled images, standardized with the mean and standard deviation of its training pixels.
 *
 * @throws If there is no set of that name, or its files are missing or damaged.
 *
 * const {train, test, imageShape} = await loadDataset('digits');   // 1,077 and 360 images of [8, 8, 1]
 */
export async function loadDataset(name: string, options: DatasetOptions = {}): Promise<Dataset> {
  switch (name) {
    case 'digits':
      return loadDigits({data: options.data});
    case 'fashion-mnist':
      return loadFashionMnist(options);
    default:
      throw new Error(`loadDataset: there is no data set "${name}". Choose ${DATASETS.join(' or ')}.`);
  }
}
