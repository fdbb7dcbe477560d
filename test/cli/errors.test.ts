import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {temporaryFolder} from '../node/support/models';
import {command} from './support/command';
import {writeKerasModel, writeTent} from './support/keras_model';

const folder = temporaryFolder();
const write = (name: string, content: unknown) => {
  const path = join(folder(), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

it.each([
  [[], /the command must be one of report, export, compare, train, predict, but received none/],
  [['toString'], /the command must be one of report, export, compare, train, predict, but received 'toString'/],
  [['report'], /report: the paths must be MODEL, but received none/],
  [['export', 'a', '--to', 'onnx'], /export: the paths must be MODEL FOLDER, but received 'a'/],
  [['export', 'a', '', '--to', 'onnx'], /export: the paths must be MODEL FOLDER, but received 'a' ''/],
  [['export', 'a', 'b'], /--to must be one of onnx, litert, graph, dense, keras, quantized, js, c, but received none/],
  [['export', 'a', 'b', '--to', 'toString'], /--to must be one of .*, but received 'toString'/],
  [['export', 'a', 'b', '--too', 'x'], /export: Unknown option '--too'/],
  [['report', 'a', 'b'], /the paths must be MODEL, but received 'a' 'b'/],
  [['report', 'a', '--no-header'], /--no-header must stand beside --data, but received no --data/],
  [['report', 'a', '--jsn'], /Unknown option '--jsn'/],
  [['report', 'a', '--segments', '1.5'], /--segments must be an integer from 1 to 1000, but received '1.5'/],
  [['report', 'a', '--segments', '0'], /--segments must be an integer from 1 to 1000, but received '0'/],
  [['report', 'a', '--seed', 'x'], /--seed must be an integer from 0 to 4294967295, but received 'x'/],
  [['report', 'a', '--svg', ''], /--svg must be a path, but received ''/],
])('wrong usage is exit code 2: %j', async (args, message) => {
  const {code, stdout, stderr} = await command(args);
  expect({code, stdout}).toEqual({code: 2, stdout: ''});
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/See npx tfjs-piecewise --help\.\n$/);
});

it.each([
  [
    '--help',
    [
      '--to onnx',
      '--data',
      '--json',
      '--svg',
      '--segments',
      '--seed',
      '--target',
      '--network',
      '--sizes',
      'predict MODEL',
    ],
  ],
  ['-h', ['npx tfjs-piecewise report', 'npx tfjs-piecewise compare']],
  ['report --help', ['--data', '--json', '--svg', '--segments', '--seed']],
  ['export --help', ['--to onnx', '--to keras']],
  ['compare --help', ['--target', '--sizes', '--no-header', 'npx tfjs-piecewise compare houses.csv --target price']],
  ['train -h', ['--network', '--size', 'npx tfjs-piecewise train houses.csv']],
  ['predict --help', ['--out FILE', 'npx tfjs-piecewise predict out/wht new_houses.csv']],
])('%s shows the help', async (line, words) => {
  const {code, stdout} = await command(line.split(' '));
  expect(code).toBe(0);
  for (const word of words) expect(stdout).toContain(word);
  expect(stdout.includes('--to onnx')).toBe(!/report|compare|train|predict/.test(line));
  expect(stdout).toMatch(/Exit code: 0 done/);
  expect(Math.max(...stdout.split('\n').map((each) => each.length))).toBeLessThanOrEqual(80);
});

describe('exit code 1, nothing on stdout, and a reason', () => {
  const refuses = async (args: string[], message: RegExp) => {
    const {code, stdout, stderr} = await command(['report', ...args, '--json']);
    expect(stderr).toMatch(message);
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
  };

  it('no such file', () => refuses([join(folder(), 'no.json')], /cannot read .*no\.json \(ENOENT\)/));

  it('no JSON', () => refuses([write('model.json', 'weights')], /model\.json is not JSON/));

  it('no model', () => refuses([write('model.json', {a: 1})], /is not a TensorFlow\.js model/));

  it('a topology without layers', () =>
    refuses(
      [write('model.json', {modelTopology: {a: 1}, weightsManifest: []})],
      /must have model_config .* received a\./,
    ));

  it.each([
    ['by its format', {format: 'graph-model', modelTopology: {}, weightsManifest: []}],
    ['by its nodes', {modelTopology: {node: []}, weightsManifest: []}],
  ])('a graph model, %s', (_, content) =>
    refuses([write('model.json', content)], /must be a layers model, but received a graph model.*tfjs_layers_model/),
  );

  it('a model without weights', async () => {
    const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
    const path = write('model.json', {modelTopology: model.toJSON(null, false)});
    await refuses([path], /must have weights, but received only layers/);
  });

  it('an unknown layer, by name', async () => {
    const lambda = {class_name: 'Mystery', config: {name: 'm', batch_input_shape: [null, 2]}};
    writeKerasModel(folder(), [lambda], []);
    await refuses([folder()], /every layer of .* but received class Mystery\. .*registerClass/);
  });

  it('a layer without an input shape', async () => {
    const dense = {class_name: 'Dense', config: {name: 'd', units: 2}};
    writeKerasModel(folder(), [dense], [{name: 'd/kernel', shape: [1, 2], values: [1, 1]}]);
    await refuses([folder()], /cannot be read as a layers model: /);
  });

  it('weights that are not numbers', async () => {
    const model = tf.sequential({layers: [tf.layers.dense({units: 1, inputShape: [2]})]});
    model.setWeights([tf.tensor2d([Number.NaN, 1], [2, 1]), tf.tensor1d([0])]);
    await model.save(fileSystem(folder()));
    await refuses([folder()], /weights kernel of layer .* must be finite, but received NaN/);
  });

  it('several inputs', async () => {
    const inputs = [1, 2].map((size) => tf.input({shape: [size]}));
    const outputs = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor;
    await tf.model({inputs, outputs}).save(fileSystem(folder()));
    await refuses([folder()], /the model must have one input, but received 2/);
  });

  it.each([
    ['1\n', /--data must have 2 different rows, but received 1\. Add rows\./],
    ['x\n', /x\.csv must have rows, but received none\. Add rows\./],
    ['1,2\n3,4\n', /--data must have 1 column, the inputs of the model, but received 2\. Leave out the others\./],
    ['1\n2,3\n', /line 2: there must be 1 cell, as in the lines before, but received 2\./],
    ['x\n1\nNA\n', /line 3: every input must be a number, but received an empty cell/],
    ['1\nabc\n', /column 'c1', line 2: there must be a number, but received 'abc'/],
    ['1\n0x10\n', /but received '0x10'/],
    ['1\n1e999\n', /line 2: the number must be below 3\.40e\+38, but received '1e999'/],
    ['1\n1\n', /must have 2 different rows, but received 1/],
  ])('data %j', async (text, message) => {
    writeTent(folder());
    await refuses([folder(), '--data', write('x.csv', text)], message);
  });

  it('no data file', async () => {
    writeTent(folder());
    await refuses(
      [folder(), '--data', 'nowhere.csv'],
      /the table must be a file that can be read, but received nowhere/,
    );
  });

  it('a folder for pictures that is a file', async () => {
    writeTent(folder());
    await refuses([folder(), '--svg', join(folder(), 'model.json')], /--svg .*model\.json/);
    expect(existsSync(join(folder(), 'breakpoints.svg'))).toBe(false);
  });
});
