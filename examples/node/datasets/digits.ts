import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {readChecksums, verifyChecksum} from './checksum';
import type {Dataset} from './dataset';
import {digitsOf} from './digits_table';

const FOLDER = join(__dirname, '../../data/digits');
const FILE = 'digits.csv.gz';

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
  return digitsOf(gunzipSync(packed).toString('latin1'), data);
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
