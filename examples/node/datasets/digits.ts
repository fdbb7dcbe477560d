import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {readChecksums, verifyChecksum} from './checksum';
import {type Dataset, pixelScaling, type RawImages, takeExamples} from './dataset';
import {stratifiedSplit} from './split';

const FOLDER = join(__dirname, '../../data/digits');
const FILE = 'digits.csv.gz';

const ROWS = 1797;
const PIXELS = 8 * 8;
const MAX_PIXEL = 16;
const CLASSES = 10;

// 1,077 remain for training. One fixed seed, so that every accuracy on this set is of the same images.
const SPLIT = {validation: 360, test: 360, seed: 1797};

export interface DigitsOptions {
  /** Folder with `digits.csv.gz`; by default the one of this repository. */
  data?: string;
}

/**
 * The 1,797 handwritten digits of 8 x 8 pixels, split into 1,077 / 360 / 360 with the same share of every digit in
 * each. Source and licence: `examples/data/digits/README.md`.
 *
 * @throws If the file is missing, damaged, or not the one this split was made for.
 */
export function loadDigits({data = FOLDER}: DigitsOptions = {}): Dataset {
  const path = join(data, FILE);
  const packed = readPacked(path);
  const fix = 'Take the copy of this repository: "git checkout examples/data/digits".';
  verifyChecksum(packed, readChecksums(join(FOLDER, 'SHA256SUMS'))[FILE], path, fix);
  const images = parseDigits(gunzipSync(packed).toString('latin1'));
  const {train, validation, test} = stratifiedSplit(images.labels, SPLIT);
  const scaling = pixelScaling(images, train);
  return {
    name: 'digits',
    numClasses: CLASSES,
    imageShape: [8, 8, 1],
    train: takeExamples(images, train, scaling),
    validation: takeExamples(images, validation, scaling),
    test: takeExamples(images, test, scaling),
    scaling,
    source: data,
  };
}

function readPacked(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(
      `loadDigits: cannot read ${path} (${(error as Error).message}). Leave out the data option to read the copy in ` +
        'examples/data/digits.',
    );
  }
}

/**
 * Reads the table: 1,797 lines of 64 pixels from 0 to 16 and a label from 0 to 9.
 *
 * @throws If a line or a value is missing, too many, or out of range.
 */
export function parseDigits(csv: string): RawImages {
  const lines = csv.trimEnd().split('\n');
  expect(lines.length === ROWS, `it has ${lines.length} lines, expected ${ROWS}`);
  const pixels = new Uint8Array(ROWS * PIXELS);
  const labels = new Uint8Array(ROWS);
  lines.forEach((line, row) => {
    const cells = line.split(',');
    expect(cells.length === PIXELS + 1, `line ${row + 1} has ${cells.length} columns, expected ${PIXELS + 1}`);
    cells.forEach((cell, column) => {
      const isLabel = column === PIXELS;
      const highest = isLabel ? CLASSES - 1 : MAX_PIXEL;
      const value = /^\d+$/.test(cell) ? Number(cell) : Number.NaN;
      expect(
        value <= highest,
        `line ${row + 1}, column ${column + 1} is "${cell}", expected a whole number from 0 to ${highest}`,
      );
      if (isLabel) labels[row] = value;
      else pixels[row * PIXELS + column] = value;
    });
  });
  return {pixels, labels};
}

function expect(condition: boolean, received: string): void {
  if (!condition) throw new Error(`parseDigits: this is not the table of digits: ${received}. Get the file again.`);
}
