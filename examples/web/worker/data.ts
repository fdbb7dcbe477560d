/** The images: the digits from this site, others from files that somebody gives. */

import digitsAddress from '../../data/digits/digits.csv.gz?url';
import {type Dataset, type Scaling, takeExamples} from '../../node/datasets/dataset';
import {digitsOf} from '../../node/datasets/digits_table';
import {parseIdx} from '../../node/datasets/idx';

const MAX_BYTES = 2 ** 28;

let digits: Promise<Dataset> | null = null;

export function loadDigits(): Promise<Dataset> {
  digits ??= digitsTable().then(({table, address}) => digitsOf(table, address));
  return digits;
}

/** The text of their table, and where it is. */
export async function digitsTable(): Promise<{table: string; address: string}> {
  const bytes = await unpacked(await fetchBytes(digitsAddress));
  return {table: new TextDecoder('latin1').decode(bytes), address: digitsAddress};
}

/** The test set in two IDX files, packed or not, scaled as the model's training data was. */
export async function imagesFrom(files: readonly File[], name: string, scaling: Scaling): Promise<Dataset> {
  const parsed = await Promise.all(
    files.map(async (file) => parseIdx(await unpacked(new Uint8Array(await file.arrayBuffer())), file.name)),
  );
  const images = parsed.find(({shape}) => shape.length === 3);
  const labels = parsed.find(({shape}) => shape.length === 1);
  if (!images || !labels || images.shape[0] !== labels.shape[0]) {
    const shapes = parsed.map(({shape}) => `[${shape}]`).join(' and ') || 'none';
    throw new Error(
      `Data: expected two IDX files, images [n, height, width] and labels [n], but received ${shapes}. Choose ` +
        't10k-images-idx3-ubyte and t10k-labels-idx1-ubyte.',
    );
  }
  const [count, height, width] = images.shape;
  const all = Int32Array.from({length: count}, (_, i) => i);
  const test = takeExamples({pixels: images.data, labels: labels.data}, all, scaling);
  const numClasses = 1 + test.y.reduce((most, label) => Math.max(most, label), 0);
  return {name, numClasses, imageShape: [height, width, 1], train: test, validation: null, test, scaling, source: ''};
}

/** The two test files below an address. */
export async function fetchImages(address: string): Promise<File[]> {
  const base = address.endsWith('/') ? address : `${address}/`;
  return Promise.all(
    ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'].map(
      async (name) => new File([await fetchBytes(base + name)], name),
    ),
  );
}

async function fetchBytes(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`Data: ${address} answers ${response.status}. Check the address.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** As it is, or what was packed with gzip; some servers unpack on the way. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  // A few bytes may unpack to any number.
  for (const reader = stream.getReader(); ; ) {
    const {done, value} = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MAX_BYTES) throw new Error(`Data: the file unpacks to more than ${MAX_BYTES} bytes. Choose another.`);
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
