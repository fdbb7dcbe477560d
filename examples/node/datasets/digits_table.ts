/** The digits from the text of their table. Needs nothing of Node: pages read it, too. */

import {type Dataset, pixelScaling, type RawImages, takeExamples} from './dataset';
import {type Split, stratifiedSplit} from './split';

const ROWS = 1797;
const PIXELS = 8 * 8;
const MAX_PIXEL = 16;
const CLASSES = 10;

// 1,077 remain for training. One fixed seed, so that every accuracy on this set is of the same images.
const SPLIT = {validation: 360, test: 360, seed: 1797};

/** The data set; `source` is where the table came from. */
export function digitsOf(csv: string, source: string): Dataset & {validation: Dataset['test']} {
  const images = parseDigits(csv);
  const {train, validation, test} = splitDigits(images);
  const scaling = pixelScaling(images, train);
  return {
    name: 'digits',
    numClasses: CLASSES,
    imageShape: [8, 8, 1],
    train: takeExamples(images, train, scaling),
    validation: takeExamples(images, validation, scaling),
    test: takeExamples(images, test, scaling),
    scaling,
    source,
  };
}

/** Which rows of the table are for what. */
export const splitDigits = ({labels}: RawImages): Split => stratifiedSplit(labels, SPLIT);

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
