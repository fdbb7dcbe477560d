import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {readTable} from '../../src/cli/data/read_table';
import {split} from '../../src/cli/data/split';
import {temporaryFolder} from '../node/support/models';
import {command} from './support/command';
import {classes, numbersOf, prices, writeTable} from './support/tables';

const folder = temporaryFolder();
const out = () => join(folder(), 'out');
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const succeeds = async (...args: string[]) => {
  const {code, stdout, stderr} = await command(args);
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  return stdout;
};
/** Seconds for a training that has learned something. */
const SHORT = ['--epochs', '4', '--backend', 'cpu'];

/** The rows that test, of the command's default seed. */
async function testRows(path: string, target: string): Promise<number[]> {
  const table = await readTable(path, {target, drop: [], categories: [], header: true}, 'compare');
  return [...split(table, 1).test];
}

/** Lines of the predict command, without the header. */
const predictions = async (model: string, path: string) =>
  (await succeeds('predict', model, path)).trimEnd().split('\n').slice(1);

it('compares networks of classes, and saves models that reach from raw rows what the report says', async () => {
  const lines = classes(120);
  for (let i = 1; i < 120; i += 9) lines[i][i % 3] = i % 2 ? '' : 'NA';
  const path = writeTable(folder(), lines);
  const stdout = await succeeds(
    'compare',
    path,
    '--target',
    'kind',
    '--sizes',
    '200,80',
    '--seeds',
    '2',
    '--out',
    out(),
    ...SHORT,
  );
  const report = json(join(out(), 'report.json'));
  expect(report).toMatchObject({
    command: 'compare',
    data: {path, rows: 120, inputs: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/)},
    split: {seed: 1, train: 72, validation: 24, test: 24},
    seeds: [1, 2],
    recipe: {epochs: 4, rates: [0.003, 0.01, 0.03, 0.1]},
    versions: {
      node: process.versions.node,
      tfjs: tf.version.tfjs,
      'tfjs-piecewise': expect.stringMatching(/^\d+\.\d+/),
    },
    backend: {name: 'cpu'},
    measure: 'accuracy',
  });
  expect(report.sizes.map(({size}: {size: number}) => size)).toEqual([80, 200]);
  const rows = await testRows(path, 'kind');
  for (const family of ['wht', 'dense']) {
    const networks = report.sizes.flatMap((size: {networks: {family: string}[]}) => size.networks);
    const own = networks.filter((network: {family: string}) => network.family === family);
    const runs = own.flatMap(
      (network: {runs: {validation: {error: number; loss: number}; test: number}[]}) => network.runs,
    );
    const [best] = runs.sort(
      (a: (typeof runs)[0], b: (typeof runs)[0]) =>
        a.validation.error - b.validation.error || a.validation.loss - b.validation.loss,
    );
    const guesses = await predictions(join(out(), family), path);
    const right = rows.filter((row) => guesses[row].startsWith(`${lines[row + 1][3]},`));
    expect(right.length / rows.length).toBeCloseTo(best.test, 10);
    for (const {parameters, mean, standardDeviation, runs: each} of own) {
      expect(stdout).toContain(`${parameters.toLocaleString('en')}  `);
      expect(stdout).toContain(`${(100 * mean).toFixed(2)} ± ${(100 * standardDeviation).toFixed(2)}`);
      expect((each[0].test + each[1].test) / 2).toBeCloseTo(mean, 10);
    }
  }
  expect(stdout).toContain("'kind' is one of 2 classes");
  expect(stdout).toMatch(/The most frequent class alone: [\d.]+ %\./);
  expect(
    Math.max(
      ...stdout
        .split('\n')
        .filter((line) => !line.includes(folder()))
        .map(({length}) => length),
    ),
  ).toBeLessThanOrEqual(80);
  const svg = readFileSync(join(out(), 'compare.svg'), 'utf8');
  expect(svg).toMatch(/^<svg [\s\S]*table\.csv: kind[\s\S]*Walsh-Hadamard[\s\S]*<\/svg>\s*$/);
}, 60_000);

it('trains a network of numbers on categories; predict finds columns by their names', async () => {
  const lines = prices(120);
  const path = writeTable(folder(), lines);
  const stdout = await succeeds(
    'train',
    path,
    '--target',
    'price',
    '--size',
    '150',
    '--out',
    out(),
    '--epochs',
    '30',
    '--backend',
    'cpu',
  );
  const {network, measure, baseline, table} = json(join(out(), 'report.json'));
  expect(measure).toBe('rootMeanSquaredError');
  expect(network.mean).toBeLessThan(baseline / 2); // it has learned something
  expect(stdout.replace(/\s+/g, ' ')).toContain(`root mean square error ${Number(network.mean.toPrecision(4))}`);
  expect(table.columns.map(({name}: {name: string}) => name)).toEqual(['size', 'town', 'age']);
  const guesses = await predictions(out(), path);
  const rows = await testRows(path, 'price');
  const squares = rows.map((row) => (Number(guesses[row]) - (lines[row + 1][3] as number)) ** 2);
  const error = Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / rows.length);
  expect(error / network.mean).toBeCloseTo(1, 3);

  const turned = lines.map(([size, town, age]) => [town, 'x', age, size]);
  expect(
    await predictions(
      out(),
      writeTable(
        folder(),
        turned.map((line, i) => (i === 0 ? ['town', 'more', 'age', 'size'] : line)),
        'b.csv',
      ),
    ),
  ).toEqual(guesses);
}, 60_000);

it('the saved model takes raw numbers in a program, too, is read by the instruments, and leaves TensorFlow.js', async () => {
  const path = writeTable(folder(), classes(60));
  await succeeds('train', path, '--target', 'kind', '--size', '80', '--network', 'dense', '--out', out(), ...SHORT);
  const model = await tf.loadLayersModel(fileSystem(out()));
  const {table} = model.getUserDefinedMetadata() as {table: {target: {labels: string[]}}};
  const x = Array.from({length: 60}, (_, row) => numbersOf(row));
  const shares = (await (model.predict(tf.tensor2d(x)) as tf.Tensor2D).array()) as number[][];
  const guesses = await predictions(out(), path);
  for (const [row, share] of shares.entries()) {
    const label = table.target.labels[share.indexOf(Math.max(...share))];
    expect(guesses[row]).toBe(`${label},${Number(Math.max(...share).toFixed(4))}`);
  }
  const report = JSON.parse(
    await succeeds('report', out(), '--data', writeTable(folder(), [['a', 'b', 'c'], ...x], 'x.csv'), '--json'),
  );
  expect(report.regions.segments).toHaveLength(10);
  await succeeds('export', out(), '--to', 'graph', join(folder(), 'graph'));
  const graph = await tf.loadGraphModel(fileSystem(join(folder(), 'graph')));
  const again = (await (graph.predict(tf.tensor2d(x)) as tf.Tensor2D).array()) as number[][];
  expect(again.flat().every((value, i) => Math.abs(value - shares.flat()[i]) < 1e-5)).toBe(true);
}, 60_000);

it('gives the same report twice, but for the times', async () => {
  const path = writeTable(folder(), classes(60));
  const reports = [];
  for (const name of ['a', 'b']) {
    await succeeds(
      'compare',
      path,
      '--target',
      'kind',
      '--sizes',
      '80',
      '--seeds',
      '1',
      '--out',
      join(folder(), name),
      ...SHORT,
    );
    const text = readFileSync(join(folder(), name, 'report.json'), 'utf8');
    reports.push(text.replace(/"(milliseconds|date)": [^\n]*/g, ''));
  }
  expect(reports[0]).toBe(reports[1]);
}, 60_000);

describe('predict', () => {
  const model = async () => {
    const path = writeTable(folder(), prices(60));
    await succeeds('train', path, '--target', 'price', '--size', '80', '--out', out(), ...SHORT);
  };

  it('writes to a file, and says which cells it does not know', async () => {
    await model();
    const path = writeTable(folder(), [
      ['size', 'town', 'age'],
      [1, 'Rom', 2],
      ['?', '', 'n/a'],
    ]);
    const file = join(folder(), 'prices.csv');
    const {code, stdout, stderr} = await command(['predict', out(), path, '--out', file]);
    expect({code, stdout}).toEqual({code: 0, stdout: ''});
    expect(stderr).toBe(
      "Column 'town': 1 cell holds a category that training has not seen, which counts as missing.\n",
    );
    expect(readFileSync(file, 'utf8')).toMatch(/^price\n\d+(\.\d+)?\n\d+(\.\d+)?\n$/);
  });

  it('refuses tables without its columns, words for numbers, and models of others', async () => {
    await model();
    const refuses = async (path: string, message: RegExp, folderOfModel = out()) => {
      const {code, stdout, stderr} = await command(['predict', folderOfModel, path]);
      expect(stderr).toMatch(message);
      expect({code, stdout}).toEqual({code: 1, stdout: ''});
    };
    const path = (lines: unknown[][]) => writeTable(folder(), lines);
    await refuses(
      path([
        ['size', 'Town', 'age'],
        [1, 'Ulm', 2],
      ]),
      /each input of the model must be a column, but received 'town'\. Did you mean 'Town'/,
    );
    await refuses(
      path([
        ['size', 'town', 'age'],
        [1, 'Ulm', 'old'],
      ]),
      /'age', line 2: there must be a number, but received 'old'\. Correct/,
    );
    const other = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
    await other.save(fileSystem(join(folder(), 'other')));
    await refuses(
      path([['a'], [1]]),
      /must say in its metadata how columns become inputs.*compare or train/,
      join(folder(), 'other'),
    );
  });
});

it.each([
  [['compare'], /compare: the paths must be DATA, but received none/],
  [['compare', 'a.csv'], /compare: --target must be the column to predict, but received none/],
  [
    ['train', 'a.csv', '--target', 'y', '--network', 'whd'],
    /--network must be one of wht, dense, but received 'whd'\. Did you mean 'wht'/,
  ],
  [
    ['train', 'a.csv', '--target', 'y', '--size', '1e3'],
    /--size must be an integer from 1 to 10000000, but received '1e3'/,
  ],
  [['compare', 'a.csv', '--target', 'y', '--sizes', '100,'], /--sizes must be an integer .* but received ''/],
  [['compare', 'a.csv', '--target', 'y', '--size', '100'], /compare: Unknown option '--size'/],
  [['compare', 'a.csv', '--target', 'y', '--task', 'rank'], /--task must be one of classification, regression/],
  [['compare', 'a.csv', '--target', 'y', '--out', ''], /--out must be a folder, but received ''/],
  [['predict', 'model'], /predict: the paths must be MODEL DATA, but received 'model'/],
])('wrong usage is exit code 2: %j', async (args, message) => {
  const {code, stdout, stderr} = await command(args);
  expect({code, stdout}).toEqual({code: 2, stdout: ''});
  expect(stderr).toMatch(message);
});

it('a size that is too small, no file, and an --out that is a file are exit code 1, with nothing written', async () => {
  const path = writeTable(folder(), classes(60));
  const rows = classes(40).map(([a, b], i) => [a, b, i === 0 ? 'kind' : `kind ${i}`]);
  const rare = writeTable(folder(), rows, 'rare.csv');
  for (const [args, message] of [
    [
      ['compare', path, '--target', 'kind', '--sizes', '10', '--out', out()],
      /must be from \d+ to \d+, but received 10\. Take \d+\./,
    ],
    [['train', join(folder(), 'no.csv'), '--target', 'kind', '--out', out()], /\(there is no such file\)/],
    [
      ['train', rare, '--target', 'kind', '--out', out()],
      /5 rows must be left to validate and to test.* received 0\. Join rare classes/,
    ],
    [['train', path, '--target', 'kind', '--out', path], /--out must be a folder that can be made/],
  ] as const) {
    const {code, stdout, stderr} = await command([...args]);
    expect(stderr).toMatch(message);
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
  }
  expect(existsSync(out())).toBe(false);
});
