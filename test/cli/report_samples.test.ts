import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {inputBox} from '../../src/cli/input_box';
import {randomSamples} from '../../src/cli/samples';
import {temporaryFolder} from '../node/support/models';
import {command} from './support/command';
import {prices, writeTable} from './support/tables';

const folder = temporaryFolder();
const path = () => join(folder(), 'model');
const dense = () => tf.layers.dense({units: 4, activation: 'relu'});

it('a model of train: points around the means of its columns, with one word of each category', async () => {
  const table = prices(60);
  const data = writeTable(folder(), table);
  const options = ['--target', 'price', '--size', '100', '--epochs', '1', '--backend', 'cpu', '--out', path()];
  expect(await command(['train', data, ...options])).toMatchObject({code: 0, stderr: ''});
  const model = await tf.loadLayersModel(fileSystem(path()));
  const box = inputBox(model, 5);
  expect(box.words).toEqual([{first: 1, count: 3}]);
  const [size, ...rest] = box.ranges;
  expect(size).toEqual([expect.closeTo(-1.15, 0), expect.closeTo(1.15, 0)]); // uniform in [-1, 1]
  expect(rest.slice(0, 3)).toEqual(new Array(3).fill([0, 1]));
  expect(rest[3][0]).toBeGreaterThan(3500);
  for (const [, a, b, c, age] of randomSamples(box, 1).draw(20)) {
    expect([a, b, c].sort()).toEqual([0, 0, 1]);
    expect(age).toBeGreaterThan(3500);
  }
  const {stdout} = await command(['report', path()]);
  const text = stdout.replace(/\s+/g, ' ');
  expect(text).toContain(
    'between random points within 2 standard deviations of the means in layer standardize, with one word of each category',
  );

  const turned = table.map(([a, town, age]) => [town, 'x, y', age, a]);
  turned[0] = ['town', 'more', 'age', 'size'];
  const rows = await command(['report', path(), '--json', '--data', writeTable(folder(), turned, 'turned.csv')]);
  const same = await command(['report', path(), '--json', '--data', data]);
  expect([rows, same]).toMatchObject([
    {code: 0, stderr: ''},
    {code: 0, stderr: ''},
  ]);
  expect(JSON.parse(rows.stdout).regions).toEqual(JSON.parse(same.stdout).regions);
}, 60_000);

it('a curve: points of its range', async () => {
  const x = Array.from({length: 30}, (_, i) => 1900 + 4 * i);
  const {model} = await pw.fitCurve(
    x,
    x.map((year) => (year - 1960) ** 2),
    {seeds: 1, epochs: 5, steps: 5, depth: 2},
  );
  await model.save(fileSystem(path()));
  const {stdout} = await command(['report', path(), '--json']);
  const {regions, segmentsBetween} = JSON.parse(stdout);
  expect(segmentsBetween.ends).toBe('random points of the range [1900, 2016] in the metadata of the model');
  expect(Math.max(...regions.segments.map((segment: {regions: number}) => segment.regions))).toBeGreaterThan(1);
}, 60_000);

it('a normalization of channels at the start, and none', () => {
  const image = tf.sequential({
    layers: [
      tf.layers.batchNormalization({inputShape: [2, 1, 2]}),
      tf.layers.flatten(),
      tf.layers.batchNormalization(),
      dense(),
    ],
  });
  image.layers[0].setWeights([tf.ones([2]), tf.zeros([2]), tf.tensor1d([10, 100]), tf.tensor1d([4, 25])]);
  expect(inputBox(image, 4).ranges).toEqual([
    [6, 14],
    [90, 110],
    [6, 14],
    [90, 110],
  ]);
  const later = tf.sequential({
    layers: [tf.layers.dense({units: 3, inputShape: [2]}), tf.layers.batchNormalization(), dense()],
  });
  expect(inputBox(later, 2)).toEqual({
    about: 'random points of [-1, 1]',
    ranges: [
      [-1, 1],
      [-1, 1],
    ],
    words: [],
  });
});

it('--data takes quoted cells, and a first line of numbers for a row', async () => {
  await tf
    .sequential({layers: [tf.layers.dense({units: 3, inputShape: [2], activation: 'relu'})]})
    .save(fileSystem(path()));
  const [plain, named] = ['1,2\n3,5\n', '"a, b",c\n"1",2\n3,"5"\n'].map((text, i) => {
    const file = join(folder(), `${i}.csv`);
    writeFileSync(file, text);
    return file;
  });
  const reports = await Promise.all(
    [plain, named].map(async (file) =>
      JSON.parse((await command(['report', path(), '--json', '--data', file])).stdout),
    ),
  );
  expect(reports[0].regions).toEqual(reports[1].regions);
  expect(reports[0].segmentsBetween.ends).toBe(`samples of ${plain}`);
});
