import {readFileSync} from 'node:fs';
import {type DatasetName, loadDataset, shuffledIndices} from '../../node/datasets';

/** Rows of standardized inputs, with a class number or a standardized value for each. */
export interface Part {
  x: Float32Array;
  y: Float32Array;
}

export interface Task {
  name: string;
  inputs: number;
  /** 0 for values. */
  classes: number;
  train: Part;
  test: Part;
  /** Ours: width and depth of the hidden layers, and the width to which the last projection cuts. */
  width: number;
  blocks: number;
  cut: number;
  /** Hidden layers of a dense network of about that size. */
  dense: number[];
  /** The highest rates. */
  rates: {ours: number; dense: number};
  epochs: number;
  batchSize: number;
}

/** Each from the seed of a run. */
export type MakeTask = (seed: number) => Promise<Task> | Task;

const CURVES: [name: string, f: (x: number[]) => number][] = [
  ['sin(x1 + .. + x4)', (x) => Math.sin(x.reduce((sum, value) => sum + value))],
  ['x1^2 + .. + x4^2', (x) => x.reduce((sum, value) => sum + value ** 2, 0)],
  ['length of x', (x) => Math.hypot(...x)],
];

const SMALL = {width: 64, blocks: 3, cut: 64, dense: [19, 17], rates: {ours: 0.04, dense: 0.02}, batchSize: 32};
const LARGE = {width: 256, blocks: 2, cut: 64, rates: {ours: 0.02, dense: 0.01}, epochs: 10, batchSize: 64};

/** 500 standard normal points to learn from, 2,000 others to test with. */
const curves = CURVES.map(
  ([name, f]): MakeTask =>
    (seed) => {
      const random = normal(seed);
      const part = (count: number): Part => {
        const rows = Array.from({length: count}, () => Array.from({length: 4}, random));
        return {x: Float32Array.from(rows.flat()), y: Float32Array.from(rows, f)};
      };
      return {name, inputs: 4, classes: 0, train: part(500), test: part(2000), ...SMALL, epochs: 150};
    },
);

/** 700 rows of five columns, of which two say about the same; a fifth of them to test with. */
const prices: MakeTask = (seed) => {
  const random = normal(1000);
  const rows = Array.from({length: 700}, () => {
    const [area, noise, age, distance, floor] = Array.from({length: 5}, random);
    const rooms = Math.round(3 + area + 0.5 * noise);
    const square = 100 + 35 * Math.tanh(area);
    const price = square * (3 - Math.tanh(distance)) * (1 + 0.1 * age ** 2) + 10 * rooms + 5 * floor;
    return {x: [square, rooms, age, distance, floor], y: price};
  });
  const shape = {width: 32, blocks: 2, cut: 16, dense: [20]};
  return {name: 'prices', classes: 0, ...splitTable(rows, seed), ...SMALL, ...shape, epochs: 80};
};

const images =
  (name: DatasetName, shape: Pick<Task, 'inputs' | 'dense' | 'epochs'> & Partial<Task>): MakeTask =>
  async () => {
    const {train, test} = await loadDataset(name);
    const part = ({x, y}: {x: Float32Array; y: Uint8Array}) => ({x, y: Float32Array.from(y)});
    return {name, classes: 10, train: part(train), test: part(test), ...LARGE, ...shape};
  };

const digits = images('digits', {inputs: 64, dense: [25], epochs: 20});

/** The README's network of 9,482 weights, five epochs. */
export const fashionMnist = images('fashion-mnist', {
  ...{inputs: 784, width: 1024, blocks: 4, cut: 128, dense: [12]},
  ...{rates: {ours: 0.012, dense: 0.003}, epochs: 5, batchSize: 128},
});

export const TASKS: MakeTask[] = [...curves, prices, digits];

/** A table of numbers with a line of names; the target may be a text, which is then a class. */
export function fromCsv(path: string, target: string): MakeTask {
  const [names, ...lines] = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
  const column = names.indexOf(target);
  if (column < 0) throw new Error(`--target ${target} is no column of ${path}, which has ${names.join(', ')}.`);
  const values = lines.map((cells) => cells[column]);
  const labels = [...new Set(values)].sort();
  const classes = values.every((value) => Number.isFinite(Number(value))) && labels.length > 20 ? 0 : labels.length;
  const rows = lines.map((cells, row) => ({
    x: cells.filter((_, i) => i !== column).map(Number),
    y: classes > 0 ? labels.indexOf(values[row]) : Number(values[row]),
  }));
  const bad = rows.findIndex(({x}) => !x.every(Number.isFinite));
  if (bad >= 0) throw new Error(`${path}, line ${bad + 2}: every column but ${target} must be a number.`);
  const size = rows.length < 2000 ? {...SMALL, width: 64, blocks: 2, epochs: 80} : LARGE;
  return (seed) => {
    const table = splitTable(rows, seed);
    const outputs = classes || 1;
    const weights = 2 * size.width * size.blocks + (size.cut + 1) * outputs;
    const dense = [Math.round((weights - outputs) / (table.inputs + 1 + outputs))];
    return {name: target, classes, ...table, ...size, dense};
  };
}

interface Row {
  x: number[];
  y: number;
}

/** Four fifths to train on, the rest to test with; inputs and values with mean 0 and variance 1 on the training rows. */
function splitTable(rows: Row[], seed: number): Pick<Task, 'inputs' | 'train' | 'test'> {
  const inputs = rows[0].x.length;
  const shuffled = Array.from(shuffledIndices(rows.length, seed), (index) => rows[index]);
  const count = Math.floor(0.8 * rows.length);
  const scales = Array.from({length: inputs}, (_, i) => scaleOf(shuffled.slice(0, count).map(({x}) => x[i])));
  const part = (some: Row[]): Part => ({
    x: Float32Array.from(some.flatMap(({x}) => x.map((value, i) => (value - scales[i].mean) / scales[i].deviation))),
    y: Float32Array.from(some, ({y}) => y),
  });
  return {inputs, train: part(shuffled.slice(0, count)), test: part(shuffled.slice(count))};
}

/** A column of one value has deviation 1. */
export function scaleOf(numbers: ArrayLike<number>): {mean: number; deviation: number} {
  const all = Array.from(numbers);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  return {mean, deviation: Math.sqrt(variance) || 1};
}

/** Standard normal numbers, the same ones for the same seed. */
function normal(seed: number): () => number {
  const random = mulberry32(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Uniform in [0, 1); Tommy Ettinger's generator. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
