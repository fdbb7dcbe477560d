/** @needs python
 *  @slow */

import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters, layers as ours} from 'tfjs-piecewise';
import {ROWS} from '../layers/layer_cases';
import {randomNet} from '../oracle/random/net';
import {expectClose} from '../support/close';
import {pythonEnv, pythonPath} from '../support/python';
import {type Case, runAll, writeCase, written} from './support/cases';
import {beyondKeras, disturb, everyLayer} from './support/every_layer';
import {LAYER_ROWS, modelOf, RESIZING_ROWS} from './support/layer_rows';
import {canRun} from './support/program_cases';

const RUNTIMES = [
  ['tflite', 'the interpreter of TensorFlow'],
  ['litert', 'ai-edge-litert'],
] as const;
const RANDOM = 300;

const folder = mkdtempSync(join(tmpdir(), 'litert-'));
const cases = new Map<string, Case>();
const random = new Map<string, Case>();

const BIG: [title: string, make: () => tf.LayersModel][] = [
  ['a model of every layer', everyLayer],
  ['layers that Keras lacks', beyondKeras],
];
/** Five axes: comparisons are broadcast along four at most. */
const WIDE = (
  [
    ['reluPair', () => ours.reluPair()],
    ['leakyReLU', () => tf.layers.leakyReLU()],
    ['thresholdedReLU', () => tf.layers.thresholdedReLU({theta: 0.1})],
    ['gelu', () => tf.layers.activation({activation: 'gelu'})],
  ] as [string, () => tf.layers.Layer][]
).map(([title, make]): (typeof BIG)[number] => {
  const turn = () => tf.layers.permute({dims: [2, 1, 3, 4], inputShape: [2, 3, 4, 2]});
  return [`${title} of five axes`, () => tf.sequential({layers: [turn(), make()]})];
});

/** XNNPACK makes such a pooling part of the clamp before it: of three samples it then gave one. */
BIG.push([
  'a pooling of single values after clamps',
  () =>
    tf.sequential({
      layers: [
        tf.layers.conv2d({filters: 2, kernelSize: 1, activation: 'relu6', inputShape: [2, 2, 1]}),
        tf.layers.reLU(),
        tf.layers.maxPooling2d({poolSize: 1, strides: 1}),
        tf.layers.averagePooling2d({poolSize: [1, 1], strides: [1, 1], padding: 'same'}),
      ],
    }),
]);

const TITLES = [...BIG, ...WIDE].map(([title]) => title);
TITLES.push(...[...ROWS, ...LAYER_ROWS, ...RESIZING_ROWS].map(({title}) => title));

async function add(title: string, model: tf.LayersModel, run?: Parameters<typeof writeCase>[4]): Promise<void> {
  disturb(model);
  const {inputs, ...one} = await writeCase(title, join(folder, `${cases.size}`), model, 3, run);
  tf.dispose(inputs);
  cases.set(title, one);
}

beforeAll(async () => {
  for (const [title, make] of [...BIG, ...WIDE]) await add(title, make());
  for (const {title, make, inputShape} of ROWS) await add(title, tf.sequential({layers: [make({inputShape})]}));
  for (const row of LAYER_ROWS) await add(row.title, modelOf(row));
  for (const row of RESIZING_ROWS) {
    const model = modelOf(row);
    await add(row.title, model, ([x]) => [model.layers[1].apply(x) as tf.Tensor]);
  }
  for (let seed = 7000; random.size < RANDOM; seed++) {
    const {model, kinds} = randomNet(seed);
    const title = `random network ${seed}: ${kinds.join(', ')}`;
    if (!model.layers.every(canRun)) continue;
    const {inputs, ...one} = await writeCase(title, join(folder, `random${seed}`), model, 3);
    tf.dispose(inputs);
    random.set(title, one);
  }
  for (const [name] of RUNTIMES) {
    runAll(pythonPath(), 'run_litert.py', name, [...cases.values(), ...random.values()]);
  }
}, 480_000);

afterAll(() => rmSync(folder, {recursive: true}));

describe.each(RUNTIMES)('%s: %s', (name) => {
  it.each(TITLES)('gives the outputs of %s', (title) => {
    const one = cases.get(title)!;
    for (const [i, y] of written(one, name).entries()) {
      expectClose(y, one.outputs[i], {relative: 1e-5, absolute: 1e-5});
    }
  });

  it(`gives the outputs of ${RANDOM} random networks`, () => {
    const far = [...random].filter(([, one]) =>
      written(one, name).some((y, i) => {
        const expected = one.outputs[i];
        const size = Math.max(1, ...expected.map(Math.abs));
        const isNear = (value: number, k: number) => value === y[k] || Math.abs(value - y[k]) <= 1e-5 * size;
        return y.length !== expected.length || !expected.every(isNear);
      }),
    );
    expect(far.map(([title]) => title)).toEqual([]);
  });
});

/** A projection of 256 units with its slopes, and a kernel of 2560 numbers: 3082 weights. */
function network(): tf.Sequential {
  const model = tf.sequential({
    layers: [
      ours.whtProjection({units: 256, seed: 1, randomBias: 0, activation: 'reluPair', inputShape: [64]}),
      tf.layers.dense({units: 10, name: 'classes'}),
    ],
  });
  disturb(model);
  return model;
}

it.each([
  ['float32', 4, 1e-5],
  ['float16', 2, 1e-3],
  ['int8', 1, 2e-2],
] as const)('weights of %s take %d bytes, and cost what they may', async (weights, bytes, relative) => {
  const model = network();
  const one = await writeCase(weights, join(folder, weights), model, 20);
  const file = await exporters.toLiteRT(model, {weights});
  writeFileSync(join(one.folder, 'model.tflite'), file);
  runAll(pythonPath(), 'run_litert.py', 'tflite', [one]);
  const [y] = written(one, 'tflite');
  const largest = one.outputs[0].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const error = y.reduce((most, value, i) => Math.max(most, Math.abs(value - one.outputs[0][i])), 0);
  expect(error).toBeLessThan(relative * largest);
  if (weights !== 'float32') expect(error).toBeGreaterThan(1e-6 * largest);
  // A byte for each sign and each entry of the Hadamard matrices, and 5 kB for the tables.
  expect(file.length).toBeGreaterThan(bytes * 3000);
  expect(file.length).toBeLessThan(bytes * 3082 + 5 * 256 + 5000);
  tf.dispose(one.inputs);
  model.dispose();
});

const {dense, conv1d, conv2d, conv3d, separableConv2d} = tf.layers;
/** With 64 inputs or more, for which there is a scale for each output; but conv3d, which takes no bytes. */
const WHOLE: [title: string, layer: () => tf.layers.Layer, isMultiplied: boolean][] = [
  ['dense', () => dense({units: 20, inputShape: [100]}), true],
  ['dense of one unit', () => dense({units: 1, inputShape: [100]}), false],
  ['dense on images', () => dense({units: 20, inputShape: [2, 3, 100]}), true],
  ['conv2d', () => conv2d({filters: 6, kernelSize: 3, padding: 'same', inputShape: [7, 6, 8]}), true],
  ['conv2d with strides', () => conv2d({filters: 6, kernelSize: 3, strides: 2, inputShape: [7, 6, 8]}), true],
  ['conv2d with gaps', () => conv2d({filters: 6, kernelSize: 3, dilationRate: 2, inputShape: [7, 6, 8]}), true],
  ['conv1d', () => conv1d({filters: 6, kernelSize: 3, padding: 'same', inputShape: [7, 30]}), true],
  ['conv3d', () => conv3d({filters: 4, kernelSize: 2, inputShape: [3, 3, 3, 8]}), false],
  ['separableConv2d', () => separableConv2d({filters: 5, kernelSize: 3, inputShape: [6, 6, 70]}), false],
];

it.each(WHOLE)(
  'int8 of %s runs in all interpreters, as bytes where it may',
  async (title, make, isMultiplied) => {
    const model = tf.sequential({layers: [make()]});
    const {inputs, ...one} = await writeCase(title, join(folder, `int8 ${title}`), model, 3);
    const file = join(one.folder, 'model.tflite');
    writeFileSync(file, await exporters.toLiteRT(model, {weights: 'int8'}));
    for (const [name] of RUNTIMES) {
      runAll(pythonPath(), 'run_litert.py', name, [one]);
      expectClose(written(one, name)[0], one.outputs[0], {relative: 2e-2});
    }
    const program = join(__dirname, 'support', 'describe_litert.py');
    const text = execFileSync(pythonPath(), [program, file], {encoding: 'utf8', env: pythonEnv(), stdio: 'pipe'});
    expect((JSON.parse(text).operators as string[]).includes('DEQUANTIZE')).toBe(!isMultiplied);
    tf.dispose(inputs);
    model.dispose();
  },
  60_000,
);

it('is a file of built-in operations, with names, labels, and a batch of any size', async () => {
  const model = network();
  model.setUserDefinedMetadata({labels: ['a', 'ä "b"'], note: 'by hand'});
  const bytes = await exporters.toLiteRT(model);
  expect(new TextDecoder().decode(bytes.slice(4, 8))).toBe('TFL3');
  writeFileSync(join(folder, 'named.tflite'), bytes);
  const program = join(__dirname, 'support', 'describe_litert.py');
  const text = execFileSync(pythonPath(), [program, join(folder, 'named.tflite')], {
    encoding: 'utf8',
    env: pythonEnv(),
    stdio: 'pipe',
  });
  expect(JSON.parse(text)).toEqual({
    version: 3,
    name: model.name,
    operators: expect.arrayContaining(['FULLY_CONNECTED', 'DEQUANTIZE', 'SELECT_V2']),
    inputs: [[-1, 64]],
    signatures: {serving_default: {inputs: [model.inputNames[0]], outputs: ['classes']}},
    metadata: {labels: '["a","ä \\"b\\""]', note: 'by hand'},
  });
  model.dispose();
});
