/** @needs c onnx python */

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {analysis, exporters} from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {IMAGE_FAMILIES} from '../../examples/node/image_families';
import {buildImageNetwork} from '../../examples/node/image_networks';
import {expectClose} from '../support/close';
import {pythonPath} from '../support/python';
import {CProgram} from './support/c_program';
import {type Case, outputsOf, runAll, writeCase, written} from './support/cases';
import {disturb} from './support/every_layer';
import {imageNetwork} from './support/image_network';
import {load, run} from './support/load_module';

const {mixture} = IMAGE_FAMILIES;
const MODELS: [title: string, make: () => tf.LayersModel][] = [
  ['channels mixed in each way', imageNetwork],
  [
    'the example of 2,000 parameters',
    () => {
      const model = buildImageNetwork(mixture.options(2000)!, 1);
      disturb(model);
      return model;
    },
  ],
  [
    'fixed windows, trained signs, learned blocks',
    () => {
      const [signs, blocks] = (['signs', 'blocks'] as const).map((mixing) => ({channels: 8, mixing, bendBefore: true}));
      const shape = {side: 12, classes: 3, stem: 4, fixedStem: true, channels: 8} as const;
      const model = buildImageNetwork({...shape, blocks: [signs, blocks], activation: 'pair'}, 1);
      disturb(model);
      return model;
    },
  ],
];

const close = {relative: 1e-5, absolute: 1e-5};
const folder = mkdtempSync(join(tmpdir(), 'images-'));
const all: (Case & {model: tf.LayersModel; data: Float32Array; dense: Float32Array[]})[] = [];

beforeAll(async () => {
  for (const [i, [title, make]] of MODELS.entries()) {
    const model = make();
    const {inputs, ...one} = await writeCase(title, join(folder, `${i}`), model, 5);
    await model.save(fileSystem(join(one.folder, 'layers')));
    const dense = outputsOf(exporters.toDense(model), inputs);
    all.push({...one, model, data: inputs[0].dataSync<'float32'>().slice(), dense});
    tf.dispose(inputs);
  }
}, 120_000);

afterAll(() => {
  rmSync(folder, {recursive: true});
  for (const {model} of all) model.dispose();
});

it.each([
  ['TensorFlow.js without this package', process.execPath, 'run_graph.cjs', 'graph'],
  ['onnxruntime-node', process.execPath, 'run_onnx.cjs', 'node'],
  ["TensorFlow's interpreter of LiteRT", pythonPath(), 'run_litert.py', 'tflite'],
  ['Keras', pythonPath(), 'run_keras.py', 'tensorflow'],
])(
  '%s gives the same',
  (_, command, program, name) => {
    runAll(command, program, name, all);
    for (const one of all) expectClose(written(one, name)[0], one.outputs[0], close);
  },
  120_000,
);

it('so do layers of tfjs alone', () => {
  for (const {dense, outputs} of all) expectClose(dense[0], outputs[0], close);
});

it('so does JavaScript', async () => {
  for (const {model, data, outputs} of all) {
    const {source} = await exporters.toJavaScript(model, {format: 'commonjs'});
    expectClose(run(load(source), [data])[0], outputs[0], close);
  }
});

it('so does C', async () => {
  const cases = all.map(({title, model, data, outputs}) => ({title, model, inputs: [data], outputs}));
  const printed = (await CProgram.write(folder, cases)).run('gcc');
  for (const [i, {outputs}] of all.entries()) expectClose(printed[i][0], outputs[0], close);
}, 120_000);

describe.each(MODELS.map(([title], i): [string, number] => [title, i]))('the instruments read %s:', (_, i) => {
  const sample = (row: number) => {
    const {data} = all[i];
    const size = data.length / 5;
    return Array.from(data.subarray(row * size, (row + 1) * size));
  };

  it('regions along a segment', async () => {
    const [from, to] = [sample(0), sample(1).map((value, j) => sample(0)[j] + 0.1 * (value - sample(0)[j]))];
    const {regions, breakpoints} = await analysis.countLinearRegions(all[i].model, {from, to});
    expect(regions).toBeGreaterThan(10);
    expect(breakpoints.length).toBe(regions - 1);
  });

  it('what it costs', async () => {
    const report = await analysis.parameterReport(all[i].model);
    expect(report.total.parameters).toBe(all[i].model.countParams());
    const transforms = report.layers.filter(({className}) => className === 'WHTProjection');
    expect(transforms.length).toBeGreaterThanOrEqual(2);
  });

  it('units that no input activates', async () => {
    const {model} = all[i];
    const layer = model.layers.find((each) => each.getClassName() === 'ReLUPair')!.name;
    const options = {layer, domain: {low: -1, high: 2}};
    const {neurons, dead, alive, unknown} = await analysis.stablyUnactivated(model, options);
    expect(dead + alive + unknown).toBe(neurons.length);
    expect(neurons.length).toBeGreaterThan(0);
  });
});
