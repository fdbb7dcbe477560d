import {readTable} from '../../../src/cli/data/read_table';
import {split} from '../../../src/cli/data/split';
import {coarseColumns, momentsOf, standardize, withMeans} from '../../../src/cli/data/standardize';
import {temporaryFolder} from '../../node/support/models';
import {classes, prices, writeTable} from '../support/tables';

const folder = temporaryFolder();
const CHOICES = {drop: [], categories: [], header: true};
const read = (lines: unknown[][], target: string) =>
  readTable(writeTable(folder(), lines), {...CHOICES, target}, 'compare');

it('splits each class in the same shares, by the seed', async () => {
  const lines = [
    ['a', 'y'],
    ...Array.from({length: 200}, (_, i) => [i, i < 150 ? 'often' : i < 195 ? 'rare' : 'five']),
  ];
  const table = await read(lines, 'y');
  const parts = split(table, 3);
  const counts = [parts.train, parts.validation, parts.test].map((rows) =>
    [0, 1, 2].map((label) => [...rows].filter((row) => table.y[row] === label).length),
  );
  // Labels in the order of their letters: five, often, rare.
  expect(counts).toEqual([
    [3, 90, 27],
    [1, 30, 9],
    [1, 30, 9],
  ]);
  const all = [...parts.train, ...parts.validation, ...parts.test].sort((a, b) => a - b);
  expect(all).toEqual(Array.from({length: 200}, (_, i) => i));
  expect(split(table, 3)).toEqual(parts);
  expect(split(table, 4)).not.toEqual(parts);
  // Classes are mixed, so that a part of the validation rows stands for all.
  expect(new Set([...parts.validation.subarray(0, 12)].map((row) => table.y[row])).size).toBeGreaterThan(1);
});

it('keeps a row of every class to train on, and tests classes of two rows now and then', async () => {
  const lines = [['a', 'y'], ...Array.from({length: 100}, (_, i) => [i, `c${i >> 1}`])];
  const table = await read(lines, 'y');
  const {train, validation, test} = split(table, 1);
  expect(new Set([...train].map((row) => table.y[row])).size).toBe(50);
  expect(test.length).toBeGreaterThan(15);
  expect(train.length + validation.length + test.length).toBe(100);
});

it('standardizes by the training rows in double precision, and fills in the mean', async () => {
  const lines = classes(60);
  lines[4][0] = '';
  const table = await read(lines, 'kind');
  const rows = Int32Array.from({length: 40}, (_, i) => i);
  const moments = momentsOf(table, rows);
  const known = lines.slice(1, 41).map(([a]) => a);
  const values = known.filter((a) => a !== '').map((a) => Math.fround(a as number));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(moments.mean[0]).toBeCloseTo(mean, 7);
  expect(moments.variance[0]).toBeCloseTo(variance, 6);
  expect(withMeans(table.columns, moments)[0]).toEqual({name: 'a', kind: 'number', mean: moments.mean[0]});
  const raw = table.x.slice();
  standardize(table, moments);
  expect(table.x[3 * 3]).toBe(0); // the missing one
  expect(table.x[1]).toBeCloseTo((raw[1] - moments.mean[1]) / Math.sqrt(moments.variance[1]), 5);
});

it('leaves categories 0 and 1, and a column without a spread in the training rows at 0', async () => {
  const lines = prices(40);
  for (const line of lines.slice(1, 31)) line[2] = 3;
  const table = await read(lines, 'price');
  const moments = momentsOf(
    table,
    Int32Array.from({length: 30}, (_, i) => i),
  );
  expect([...moments.mean.subarray(1, 4), ...moments.variance.subarray(1)]).toEqual([0, 0, 0, 1, 1, 1, 1]);
  standardize(table, moments);
  expect([...table.x.subarray(1, 5)]).toEqual([0, 0, 1, 0]); // Bonn, Köln, Ulm; the age of all rows that train
});

it('names columns that float32 rounds away', async () => {
  const lines = [['t', 'b', 'y'], ...Array.from({length: 40}, (_, i) => [1.7e9 + i, 2000 + i, i % 2])];
  const table = await read(lines, 'y');
  expect(coarseColumns(table, momentsOf(table, split(table, 1).train))).toEqual(['t']);
});
