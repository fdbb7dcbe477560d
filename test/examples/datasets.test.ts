import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {
  loadDataset,
  loadDigits,
  parseDigits,
  parseIdx,
  readChecksums,
  sha256,
  stratifiedSplit,
} from '../../examples/node/datasets';
import {histogram, idx, meanAndVariance} from './support';

const DIGITS = join(__dirname, '../../examples/data/digits');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'datasets-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const bytesOf = ({buffer, byteOffset, byteLength}: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);

describe('digits', () => {
  const table = () => gunzipSync(readFileSync(join(DIGITS, 'digits.csv.gz'))).toString('latin1');

  it('has 1,797 images, 174 to 183 of each digit', () => {
    const {labels, pixels} = parseDigits(table());
    expect(histogram(labels)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    expect(pixels).toHaveLength(1797 * 64);
    expect(pixels.reduce((a, b) => Math.max(a, b))).toBe(16);
  });

  it('is split into 1,077, 360 and 360 with the same share of every digit', async () => {
    const {name, numClasses, imageShape, train, validation, test} = await loadDataset('digits');
    expect({name, numClasses, imageShape}).toEqual({name: 'digits', numClasses: 10, imageShape: [8, 8, 1]});
    expect([train.count, validation!.count, test.count]).toEqual([1077, 360, 360]);
    for (const part of [train, validation!, test]) {
      expect(part.x).toHaveLength(part.count * 64);
      expect(part.y).toHaveLength(part.count);
    }
    const whole = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
    histogram(test.y).forEach((count, digit) => {
      expect(Math.abs(count - (whole[digit] * 360) / 1797)).toBeLessThan(1);
    });
    histogram(validation!.y).forEach((count, digit) => {
      expect(Math.abs(count - (whole[digit] * 360) / 1797)).toBeLessThan(1.5);
    });
  });

  it('is standardized with the statistics of the training part', () => {
    const {train, validation, test, scaling} = loadDigits();
    const [mean, variance] = meanAndVariance(train.x);
    expect(mean).toBeCloseTo(0, 6);
    expect(variance).toBeCloseTo(1, 6);
    for (const part of [validation!, test]) {
      const pixels = part.x.map((value) => value * scaling.std + scaling.mean);
      const error = pixels.map((pixel) => Math.abs(pixel - Math.round(pixel)));
      expect(error.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e-5);
    }
  });

  it('has every image once', () => {
    const {labels} = parseDigits(table());
    const {train, validation, test} = stratifiedSplit(labels, {validation: 360, test: 360, seed: 1797});
    const all = [...train, ...validation, ...test].sort((a, b) => a - b);
    expect(all).toEqual([...labels.keys()]);
  });

  it('is the same on every machine', () => {
    const {train, test} = loadDigits();
    expect([...test.y.subarray(0, 12)]).toEqual(GOLDEN_LABELS);
    expect(sha256(bytesOf(train.x))).toBe(GOLDEN_TRAIN);
    expect(sha256(bytesOf(test.x))).toBe(GOLDEN_TEST);
  });

  it('is refused when a byte of the file is wrong', async () => {
    const file = join(folder, 'digits.csv.gz');
    copyFileSync(join(DIGITS, 'digits.csv.gz'), file);
    expect((await loadDataset('digits', {data: folder})).source).toBe(folder);
    const bytes = readFileSync(file);
    bytes[1000] ^= 1;
    writeFileSync(file, bytes);
    expect(() => loadDigits({data: folder})).toThrow(
      /digits\.csv\.gz is damaged .* has SHA-256 [0-9a-f]{64}, expected 46abec6b.*git checkout/,
    );
  });

  it('says how to read the copy in the repository when a folder has none', () => {
    expect(() => loadDigits({data: folder})).toThrow(
      /cannot read .*digits\.csv\.gz \(ENOENT.* Leave out the data option/,
    );
  });

  it('is refused when its table has a wrong size or value', () => {
    const csv = table();
    expect(() => parseDigits(csv.slice(0, csv.lastIndexOf('\n', csv.length - 2)))).toThrow('1796 lines, expected 1797');
    expect(() => parseDigits(csv.replace(',', ''))).toThrow('line 1 has 64 columns, expected 65');
    expect(() => parseDigits(csv.replace('13', '17'))).toThrow('"17", expected a whole number from 0 to 16');
    expect(() => parseDigits(csv.replace('13', ''))).toThrow('line 1, column 4 is "", expected');
    expect(() => parseDigits(csv.replace('0\n', '10\n'))).toThrow(
      'column 65 is "10", expected a whole number from 0 to 9',
    );
  });

  it('has its checksum in its folder', () => {
    const {'digits.csv.gz': expected} = readChecksums(join(DIGITS, 'SHA256SUMS'));
    expect(sha256(readFileSync(join(DIGITS, 'digits.csv.gz')))).toBe(expected);
  });
});

describe('stratifiedSplit', () => {
  const labels = Uint8Array.from({length: 100}, (_, i) => (i < 90 ? 0 : 2));

  it('shares every part out in proportion to the classes', () => {
    const {train, validation, test} = stratifiedSplit(labels, {validation: 20, test: 30, seed: 1});
    const ofRare = (part: Int32Array) => part.filter((index) => labels[index] === 2).length;
    expect([train.length, validation.length, test.length]).toEqual([50, 20, 30]);
    expect([ofRare(train), ofRare(validation), ofRare(test)]).toEqual([5, 2, 3]);
  });

  it('depends on the seed alone', () => {
    const options = {validation: 20, test: 30};
    expect(stratifiedSplit(labels, {...options, seed: 1})).toEqual(stratifiedSplit(labels, {...options, seed: 1}));
    expect(stratifiedSplit(labels, {...options, seed: 1})).not.toEqual(stratifiedSplit(labels, {...options, seed: 2}));
  });

  it.each([
    [100, 0],
    [-1, 0],
    [0.5, 0],
    [Number.NaN, 0],
  ])('refuses %p for validation and %p for testing', (validation, test) => {
    expect(() => stratifiedSplit(labels, {validation, test})).toThrow(/whole numbers .* of the 100 examples/);
  });
});

describe('parseIdx', () => {
  const file = idx([2, 3], [1, 2, 3, 4, 5, 6]);

  it('reads shape and elements', () => {
    expect(parseIdx(file, 'f')).toEqual({shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6)});
    const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
    expect([...parseIdx(shifted, 'f').data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['no byte', new Uint8Array(0), /f is not an IDX file .* it has 0 bytes/],
    ['a cut header', file.subarray(0, 7), /ends after 7 of 12 header bytes/],
    ['cut elements', file.subarray(0, 15), /shape \[2, 3\], 6 bytes, but 3 follow.* get the file again/],
    ['too many elements', Buffer.concat([file, file]), /6 bytes, but 24 follow/],
    ['another magic number', Uint8Array.of(1, 0, 8, 1, 0, 0, 0, 0), /begins with 01000801, expected 0000 08/],
    ['floats', Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), /begins with 00000d01/],
    ['a packed file', gzipSync(file), /packed with gzip.*Unpack/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseIdx(bytes, 'f')).toThrow(message);
  });
});

it('loadDataset names the sets there are', async () => {
  await expect(loadDataset('mnist')).rejects.toThrow('no data set "mnist". Choose digits or fashion-mnist.');
});

// From an independent program of 20 lines in Python. A change here changes every published accuracy.
const GOLDEN_LABELS = [7, 5, 7, 1, 4, 5, 3, 1, 8, 7, 0, 7];
const GOLDEN_TRAIN = '7d6c45f66f68953eba155228beffe6c4c9e9a8437e8869815eb574f0e9685cb8';
const GOLDEN_TEST = 'c7ab9a640d16d855897d7e4eab89938274359a44e49d08bfc2c77f5c364715ea';
