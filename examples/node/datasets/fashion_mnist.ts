import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {type Checksums, readChecksums} from './checksum';
import {type Dataset, pixelScaling, type RawImages, takeExamples} from './dataset';
import {fetchFiles, type Origin, readUnpacked} from './fashion_mnist_files';
import {parseIdx} from './idx';
import {stratifiedSplit} from './split';

const CHECKSUMS = join(__dirname, '../../data/fashion_mnist/SHA256SUMS');
const CACHE = join(__dirname, '../../../.cache/datasets/fashion_mnist');
const SEED = 60_000;

const FASHION_MNIST: Origin = {
  packaged: '/usr/share/datasets/fashion-mnist',
  urls: [
    'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion',
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com',
  ],
};

export interface FashionMnistOptions {
  /** Folder with the four files, packed (`.gz`) or not. If given, no other place is looked at. */
  data?: string;
  /** Folder for downloaded files. */
  cache?: string;
  /** Training images to set aside for validation, the same share of every class. */
  validationCount?: number;
  /** SHA-256 of the unpacked files; another table is for tests. */
  checksums?: Checksums;
  /** Where else the files can be; another one is for tests. */
  origin?: Origin;
}

/**
 * Fashion-MNIST: 60,000 training and 10,000 test images of 28 x 28 pixels in 10 classes. The files are read from the
 * `data` folder if given, else from Debian's package `dataset-fashion-mnist`, else from the cache, into which they are
 * downloaded when missing. Source and licence: `examples/data/fashion_mnist/README.md`.
 *
 * @throws If the files are nowhere to be had, or one of them is damaged.
 */
export async function loadFashionMnist({
  data,
  cache = CACHE,
  validationCount = 0,
  checksums = readChecksums(CHECKSUMS),
  origin = FASHION_MNIST,
}: FashionMnistOptions = {}): Promise<Dataset> {
  const folder = data ?? (existsSync(origin.packaged) ? origin.packaged : cache);
  if (folder === cache && data === undefined) await fetchFiles(cache, checksums, origin);
  const training = readImages(folder, 'train', checksums);
  const testing = readImages(folder, 't10k', checksums);
  const {train, validation} = stratifiedSplit(training.labels, {validation: validationCount, seed: SEED});
  const scaling = pixelScaling(training, train);
  const everyTest = Int32Array.from(testing.labels.keys());
  return {
    name: 'fashion-mnist',
    numClasses: 10,
    imageShape: [28, 28, 1],
    train: takeExamples(training, train, scaling),
    validation: validationCount > 0 ? takeExamples(training, validation, scaling) : null,
    test: takeExamples(testing, everyTest, scaling),
    scaling,
    source: folder,
  };
}

function readImages(folder: string, part: 'train' | 't10k', checksums: Checksums): RawImages {
  const read = (name: string) => parseIdx(readUnpacked(folder, name, checksums[name]), join(folder, name));
  const images = read(`${part}-images-idx3-ubyte`);
  const labels = read(`${part}-labels-idx1-ubyte`);
  const [count, ...size] = images.shape;
  if (size.join() !== '28,28' || labels.shape.join() !== String(count)) {
    throw new Error(
      `loadFashionMnist: the ${part} files in ${folder} have shapes [${images.shape}] and [${labels.shape}], ` +
        'expected [n, 28, 28] and [n]. Use the four files of one publication.',
    );
  }
  return {pixels: images.data, labels: labels.data};
}
