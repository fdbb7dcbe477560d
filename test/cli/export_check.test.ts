import {existsSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {judge} from '../../src/cli/check/judge';
import type {Rows} from '../../src/cli/rows';
import {temporaryFolder} from '../node/support/models';
import {command} from './support/command';
import {classes, prices, writeTable} from './support/tables';

const folder = temporaryFolder();
const out = () => join(folder(), 'out');
const modelPath = () => join(folder(), 'model');
const check = (to: string, table: string, ...options: string[]) =>
  command(['export', modelPath(), '--to', to, out(), '--check', table, ...options]);

/** A classifier of three numbers. */
async function writeClassifier(metadata: object = {}): Promise<void> {
  const model = tf.sequential({
    layers: [
      layers.whtProjection({units: 64, seed: 1, activation: 'reluPair', inputShape: [3]}),
      tf.layers.dense({units: 3, activation: 'softmax', kernelInitializer: tf.initializers.glorotNormal({seed: 2})}),
    ],
  });
  model.setUserDefinedMetadata(metadata);
  await model.save(fileSystem(modelPath()));
  model.dispose();
}

const table = (rows: number, labels: readonly unknown[] = [0, 1, 2]) => [
  ['a', 'b', 'c', 'kind'],
  ...Array.from({length: rows}, (_, i) => [Math.sin(i), Math.cos(3 * i), (i % 7) / 7, labels[i % labels.length]]),
];

describe('a model that train wrote, on the table that it was trained on', () => {
  it.each(['js', 'quantized', 'graph', 'dense'])('classes, to %s', async (to) => {
    const data = writeTable(folder(), classes(60));
    const trained = await command(
      ['train', data, '--target', 'kind', '--size', '60', '--epochs', '2', '--backend', 'cpu'].concat(
        '--out',
        modelPath(),
      ),
    );
    expect(trained.code).toBe(0);
    const {code, stdout, stderr} = await check(to, data);
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    const runtime = to === 'js' ? `Node ${process.versions.node}` : `TensorFlow.js ${tf.version.tfjs}`;
    expect(stdout).toContain(`Checked by ${runtime} on the 60 rows of ${data}:\n  largest difference `);
    const [, difference] = /largest difference ([\d.e-]+), of outputs up to (1|0\.\d+)\n/.exec(stdout)!;
    expect(Number(difference)).toBeLessThan(1e-5);
    expect(stdout).toContain('  the same class in 60 rows\n');
    const [, own, exported] = /right: the model ([\d.]+) %, the export ([\d.]+) %\n/.exec(stdout)!;
    expect(exported).toBe(own);
  });

  it('numbers, from categories and a column that is missing in the table', async () => {
    const data = writeTable(folder(), prices(60));
    const options = ['--target', 'price', '--size', '100', '--epochs', '2', '--backend', 'cpu', '--out', modelPath()];
    expect(await command(['train', data, ...options])).toMatchObject({code: 0, stderr: ''});
    const {code, stdout} = await check('js', data);
    expect(code).toBe(0);
    const [, own, exported] = /root mean squared error: the model (\d+(?:\.\d+)?), the export (\d+(?:\.\d+)?)\n/.exec(
      stdout,
    )!;
    expect(Math.abs(Number(own) / Number(exported) - 1)).toBeLessThan(1e-4);
    const withoutPrice = prices(20).map((cells) => cells.slice(0, 3));
    withoutPrice[1][1] = 'Rome';
    const {stdout: bare, stderr} = await check('js', writeTable(folder(), withoutPrice, 'bare.csv'));
    expect(bare).toContain('largest difference');
    expect(bare).not.toContain('root mean');
    expect(stderr).toBe(
      "Column 'town': 1 cell holds a category that training has not seen, which counts as missing.\n",
    );
  });
});

describe('any other model', () => {
  it('takes the columns in their order, and classes by their places', async () => {
    await writeClassifier();
    const {code, stdout} = await check('js', writeTable(folder(), table(30)), '--target', 'kind');
    expect(code).toBe(0);
    expect(stdout).toMatch(/the same class in 30 rows\n {2}right: the model (\d+\.\d\d) %, the export \1 %\n$/);
  });

  it('knows classes by labels, rows without an answer, and a table without a header', async () => {
    await writeClassifier({labels: ['x', 'y', 'z']});
    const lines = table(30, ['x', 'z', '', 'y']);
    const named = await check('js', writeTable(folder(), lines), '--target', 'kind');
    const unnamed = await check(
      'js',
      writeTable(folder(), lines.slice(1), 'bare.csv'),
      '--target',
      'c4',
      '--no-header',
    );
    expect(named.code).toBe(0);
    expect(unnamed.stdout.split('\n').slice(-3)).toEqual(named.stdout.split('\n').slice(-3));
  });

  it('without --target says the difference alone', async () => {
    await writeClassifier();
    const {stdout} = await check(
      'js',
      writeTable(
        folder(),
        table(30).map((cells) => cells.slice(0, 3)),
      ),
      '--weights',
      'uint8',
    );
    expect(stdout).not.toContain('right');
    const [, difference] = /largest difference ([\d.e-]+)/.exec(stdout)!;
    expect(Number(difference)).toBeGreaterThan(1e-6);
    expect(Number(difference)).toBeLessThan(0.05);
  });
});

describe('nothing is written, and the exit code is 1, where', () => {
  const cases: [string, string, () => unknown[][], string[], RegExp][] = [
    [
      'there is a column too much',
      'js',
      () => table(4),
      [],
      /--check must have 3 columns, the inputs of the model, but received 4/,
    ],
    [
      'the target is none of the columns',
      'js',
      () => table(4),
      ['--target', 'kint'],
      /--target must be a column, but received 'kint'. Did you mean 'kind'\?/,
    ],
    [
      'a class is unknown',
      'js',
      () => table(4, [0, 7]),
      ['--target', 'kind'],
      /line 3: there must be one of the classes 0, 1, 2, but received '7'/,
    ],
    [
      'a cell is empty',
      'js',
      () => [...table(2), ['', 1, 1, 1]],
      ['--target', 'kind'],
      /line 4: every input must be a number, but received an empty cell/,
    ],
    [
      'a cell is a word',
      'js',
      () => [...table(2), ['x', 1, 1, 1]],
      ['--target', 'kind'],
      /column 'a', line 4: there must be a number/,
    ],
    ['there are no rows', 'js', () => table(0), ['--target', 'kind'], /must have rows, but received none/],
  ];
  it.each(cases)('%s', async (_, to, lines, options, message) => {
    await writeClassifier();
    const {code, stdout, stderr} = await check(to, writeTable(folder(), lines()), ...options);
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    expect(stderr).toMatch(message);
    expect(existsSync(out())).toBe(false);
  });

  it.each([
    ['c', 'CC', /--check of c needs a C compiler, but received CC=no-such-program.* Install gcc/],
    [
      'litert',
      'PYTHON',
      /needs the Python package ai-edge-litert, but received none in no-such-program. Run `pip install ai-edge-litert`/,
    ],
    ['onnx', 'PYTHON', /needs the Python package onnxruntime,/],
    [
      'keras',
      'PYTHON',
      /tfjs-piecewise-keras, .* Run `pip install \.\/python tensorflow` in a checkout of tfjs-piecewise/,
    ],
  ])('nothing runs %s', async (to, variable, message) => {
    await writeClassifier();
    const before = process.env[variable];
    process.env[variable] = 'no-such-program';
    try {
      const {code, stderr} = await check(to, writeTable(folder(), table(4)), '--target', 'kind');
      expect(code).toBe(1);
      expect(stderr).toMatch(message);
      expect(existsSync(out())).toBe(false);
    } finally {
      if (before === undefined) delete process.env[variable];
      else process.env[variable] = before;
    }
  });

  it('the model has two inputs', async () => {
    const inputs = ['a', 'b'].map((name) => tf.input({shape: [2], name}));
    const sum = tf.layers.add().apply(inputs) as tf.SymbolicTensor;
    await tf.model({inputs, outputs: sum}).save(fileSystem(modelPath()));
    const {code, stderr} = await check('js', writeTable(folder(), table(4)));
    expect(code).toBe(1);
    expect(stderr).toMatch(/--check is for models of one input, but received 2/);
  });
});

it.each([
  [['--target', 'kind'], '--target must stand beside --check'],
  [['--no-header'], '--no-header must stand beside --check'],
  [['--check', ''], "--check must not be empty, but received ''"],
])('%j is wrong usage', async (options, message) => {
  const {code, stderr} = await command(['export', modelPath(), '--to', 'js', out(), ...options]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

describe('judge', () => {
  const rows = (y: number[]): Rows => ({
    count: 3,
    x: new Float32Array(3),
    target: {name: 'y', task: y.some((value) => value % 1 > 0) ? 'regression' : 'classification', labels: ['0', '1']},
    y: Float32Array.from(y),
    unknown: new Map(),
  });

  it('counts classes, and leaves out rows without an answer', () => {
    const own = Float32Array.of(1, 0, 0, 1, 1, 0);
    const exported = Float32Array.of(1, 0, 0.75, 0.5, 1, 0);
    expect(judge(rows([0, 1, Number.NaN]), own, exported)).toEqual({
      difference: 0.75,
      largest: 1,
      sameClass: 2,
      scores: [1, 0.5],
    });
  });

  it('gives the root mean squared error of numbers', () => {
    const verdict = judge(rows([0.5, 1, 2]), Float32Array.of(0.5, 1, 2), Float32Array.of(0.5, 1, 5));
    expect(verdict).toEqual({difference: 3, largest: 2, sameClass: null, scores: [0, Math.sqrt(3)]});
  });

  it('takes NaN beside NaN for equal, and NaN alone for no number at all', () => {
    const own = Float32Array.of(Number.NaN, 1, 2);
    expect(judge(rows([0.5, 1, 2]), own, own).difference).toBe(0);
    expect(judge(rows([0.5, 1, 2]), own, Float32Array.of(0, 1, 2)).difference).toBeNaN();
    expect(judge(rows([0.5, 1, 2]), Float32Array.of(0, 1, 2), own).difference).toBeNaN();
  });
});
