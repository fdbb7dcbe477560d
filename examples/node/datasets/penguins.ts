/** Penguins: a small table of measurements. Source and licence: `examples/data/penguins/README.md`. */

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {readChecksums, verifyChecksum} from './checksum';
import {shuffledIndices} from './split';

const FOLDER = join(__dirname, '../../data/penguins');
const FILE = 'penguins.csv';
const LENGTHS = [2, 3, 4];
const [SPECIES, MASS, SEX] = [0, 5, 6];
const TRAINING_ROWS = 250;

/** Three lengths with mean 0 and variance 1, the sex, the species, and a constant 1, which moves breakpoints off 0. */
export const PENGUIN_FEATURES = 8;

export interface Penguins {
  /** [rows, PENGUIN_FEATURES] */
  x: tf.Tensor2D;
  /** Body mass in kilograms, [rows, 1]. */
  y: tf.Tensor2D;
}

/**
 * The 333 complete rows, in the order of a seed: 250 to train on, 83 to test on.
 *
 * @throws If the file is missing or not the one of this repository.
 */
export function loadPenguins(seed: number): {train: Penguins; test: Penguins} {
  const path = join(FOLDER, FILE);
  const bytes = readFileSync(path);
  const fix = 'Take the copy of this repository: "git checkout examples/data/penguins".';
  verifyChecksum(bytes, readChecksums(join(FOLDER, 'SHA256SUMS'))[FILE], path, fix);
  const lines = bytes.toString('utf8').trim().split('\n').slice(1);
  const rows = lines.map((line) => line.split(',')).filter((cells) => !cells.includes(''));
  const shuffled = Array.from(shuffledIndices(rows.length, seed), (index) => rows[index]);
  const train = shuffled.slice(0, TRAINING_ROWS);
  const scales = LENGTHS.map((column) => ({column, ...scaleOf(train.map((cells) => Number(cells[column])))}));

  const table = (part: string[][]): Penguins => {
    const features = part.map((cells) => [
      ...scales.map(({column, mean, deviation}) => (Number(cells[column]) - mean) / deviation),
      cells[SEX] === 'male' ? 1 : -1,
      ...['adelie', 'chinstrap', 'gentoo'].map((species) => (cells[SPECIES] === species ? 1 : 0)),
      1,
    ]);
    return {x: tf.tensor2d(features), y: tf.tensor2d(part.map((cells) => [Number(cells[MASS]) / 1000]))};
  };
  return {train: table(train), test: table(shuffled.slice(TRAINING_ROWS))};
}

function scaleOf(numbers: number[]): {mean: number; deviation: number} {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {mean, deviation: Math.sqrt(squares / numbers.length)};
}
