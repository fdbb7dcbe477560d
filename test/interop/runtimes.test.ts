/** @needs onnx python
 *  @slow */

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {ROWS} from '../layers/layer_cases';
import {expectClose} from '../support/close';
import {pythonPath} from '../support/python';
import {type Case, outputsOf, runAll, writeCase, written} from './support/cases';
import {beyondKeras, disturb, everyLayer} from './support/every_layer';
import {LAYER_ROWS, modelOf} from './support/layer_rows';

const python = pythonPath();
const folder = mkdtempSync(join(tmpdir(), 'interop-'));
const EVERY_LAYER = 'a model of every layer, on 1,000 inputs';
const BEYOND_KERAS = 'layers that Keras lacks';
const TITLES = [EVERY_LAYER, BEYOND_KERAS, ...[...ROWS, ...LAYER_ROWS].map(({title}) => title)];
const cases = new Map<string, Case>();
const close = {relative: 1e-5, absolute: 1e-5};

beforeAll(async () => {
  const model = everyLayer();
  const {inputs, ...written} = await writeCase(EVERY_LAYER, join(folder, 'every'), model, 1000);
  cases.set(EVERY_LAYER, written);
  await model.save(fileSystem(join(written.folder, 'layers')));
  const dense = exporters.toDense(model);
  denseOutputs = outputsOf(dense, inputs);
  denseClasses = dense.layers.map((layer) => layer.getClassName());
  tf.dispose(inputs);
  cases.set(BEYOND_KERAS, await writeCase(BEYOND_KERAS, join(folder, 'beyond'), beyondKeras(), 20));
  for (const [i, {title, make, inputShape}] of ROWS.entries()) {
    const single = tf.sequential({layers: [make({inputShape})]});
    disturb(single);
    cases.set(title, await writeCase(title, join(folder, `row${i}`), single, 20));
  }
  for (const [i, row] of LAYER_ROWS.entries()) {
    const single = modelOf(row);
    disturb(single);
    cases.set(row.title, await writeCase(row.title, join(folder, `layer${i}`), single, 20));
  }
}, 120_000);

afterAll(() => rmSync(folder, {recursive: true}));

let denseOutputs: Float32Array[];
let denseClasses: string[];

it('toDense gives the outputs of every layer, and has none of ours', () => {
  for (const [i, y] of cases.get(EVERY_LAYER)!.outputs.entries()) expectClose(denseOutputs[i], y, close);
  for (const name of ['WHTProjection', 'ReLUPair', 'TriangleWave', 'RegionDense', 'BlockDense']) {
    expect(denseClasses).not.toContain(name);
  }
});

const RUNTIMES: [title: string, command: string, program: string, name: string][] = [
  ['TensorFlow.js without this package', process.execPath, 'run_graph.cjs', 'graph'],
  ['onnxruntime-node', process.execPath, 'run_onnx.cjs', 'node'],
  ['onnxruntime-web', process.execPath, 'run_onnx.cjs', 'web'],
  ['the checker of onnx, and onnxruntime of Python', python, 'run_onnx.py', 'python'],
];

describe.each(RUNTIMES)('%s', (_, command, program, name) => {
  it('runs all models', () => runAll(command, program, name, [...cases.values()]), 120_000);

  it.each(TITLES)('gives the outputs of %s', (title) => {
    const one = cases.get(title)!;
    for (const [i, y] of written(one, name).entries()) expectClose(y, one.outputs[i], close);
  });
});

describe('Keras', () => {
  it('loads the model as it was saved, and gives its outputs', () => {
    const backend = 'tensorflow'; // the specs of python/ go through every layer on JAX, too
    const one = cases.get(EVERY_LAYER)!;
    runAll(python, 'run_keras.py', backend, [one]);
    for (const [i, y] of written(one, backend).entries()) expectClose(y, one.outputs[i], close);
  }, 120_000);

  it('loads quantized weights as tfjs does', async () => {
    const cases: Case[] = [];
    for (const dtype of ['uint8', 'uint16', 'float16'] as const) {
      const model = tf.sequential({
        layers: [
          layers.whtProjection({units: 64, seed: 1, trainableSigns: true, activation: 'reluPair', inputShape: [64]}),
          layers.regionDense({units: 4, depth: 3, subnets: 32}),
        ],
      });
      disturb(model);
      const {artifacts} = await exporters.quantize(model, {dtype});
      const copy = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
      const {inputs, ...one} = await writeCase(dtype, join(folder, dtype), copy, 20);
      await fileSystem(join(one.folder, 'layers')).save(artifacts);
      tf.dispose(inputs);
      cases.push(one);
    }
    runAll(python, 'run_keras.py', 'tensorflow', cases);
    for (const one of cases) expectClose(written(one, 'tensorflow')[0], one.outputs[0], close);
  }, 120_000);
});
