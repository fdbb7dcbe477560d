import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {temporaryFolder} from '../node/support/models';
import {expectClose} from '../support/close';
import {command} from './support/command';
import {writeKerasModel, writeTent} from './support/keras_model';

const folder = temporaryFolder();
const out = () => join(folder(), 'new', 'out');

async function writeModel(): Promise<tf.LayersModel> {
  const model = tf.sequential({
    layers: [
      layers.whtProjection({units: 8, seed: 1, inputShape: [5], name: 'mix'}),
      layers.reluPair(),
      tf.layers.dense({units: 2, name: 'read_out'}),
    ],
  });
  await model.save(fileSystem(join(folder(), 'model')));
  return model;
}

const predictions = (model: tf.LayersModel | tf.GraphModel) =>
  tf.tidy(() => {
    const y = model.predict(tf.linspace(-1, 1, 20).reshape([4, 5])) as tf.Tensor;
    return y.dataSync<'float32'>().slice();
  });

const run = (to: string) => command(['export', join(folder(), 'model'), '--to', to, out()]);

it('writes ONNX, and names its inputs and outputs', async () => {
  await writeModel();
  const {code, stdout, stderr} = await run('onnx');
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  const path = join(out(), 'model.onnx');
  expect(stdout).toContain(`${path}  ${readFileSync(path).length.toLocaleString('en')} bytes`);
  expect(stdout).toContain(`Inputs: mix_input [batch, 5]\nOutputs: read_out [batch, 2]\n`);
  expect(readdirSync(out())).toEqual(['model.onnx']);
});

it.each([
  ['graph', (path: string): Promise<tf.LayersModel | tf.GraphModel> => tf.loadGraphModel(fileSystem(path))],
  ['dense', (path: string) => tf.loadLayersModel(fileSystem(path))],
  ['keras', (path: string) => tf.loadLayersModel(fileSystem(path))],
])('writes %s, which gives the same outputs', async (to, load) => {
  const model = await writeModel();
  const {code, stdout, stderr} = await run(to);
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  for (const name of ['model.json', 'weights.bin']) expect(stdout).toContain(join(out(), name));
  expectClose(predictions(await load(out())), predictions(model), {relative: 1e-6});
});

it('says how Python reads a model', async () => {
  await writeModel();
  const {stdout} = await run('keras');
  expect(stdout).toContain(`load_model(${JSON.stringify(join(out(), 'model.json'))})`);
});

it('reads models that were converted from Keras', async () => {
  writeTent(join(folder(), 'model'));
  expect((await run('onnx')).code).toBe(0);
});

describe('exit code 1, nothing on stdout, and a reason', () => {
  it.each(['onnx', 'graph', 'dense'])('a layer that is not exported, to %s', async (to) => {
    const model = tf.sequential({layers: [tf.layers.simpleRNN({units: 2, inputShape: [3, 4], name: 'loop'})]});
    if (to === 'dense') model.add(layers.whtProjection({units: 2, inputNorm: 'sphere', name: 'loop2'}));
    await model.save(fileSystem(join(folder(), 'model')));
    const {code, stdout, stderr} = await run(to);
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    expect(stderr).toMatch(/tfjs-piecewise: to\w+, layer loop2?: /);
    expect(existsSync(out())).toBe(false);
  });

  it('an unknown class', async () => {
    writeKerasModel(join(folder(), 'model'), [{class_name: 'Odd', config: {batch_input_shape: [null, 1]}}], []);
    const {code, stderr} = await run('onnx');
    expect(code).toBe(1);
    expect(stderr).toMatch(/export: every layer of .* but received class Odd/);
  });

  it('a folder that is a file', async () => {
    await writeModel();
    writeFileSync(join(folder(), 'new'), '');
    const {code, stderr} = await run('onnx');
    expect(code).toBe(1);
    expect(stderr).toMatch(/export: FOLDER must be a folder that can be made, but received /);
  });
});
