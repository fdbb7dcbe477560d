/** Models as Keras 3 and the converter of tensorflowjs write them: see support/keras3/make.py. */

import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import 'tfjs-piecewise';
import {modelFiles} from 'tfjs-piecewise/files';
import {fileSystem} from 'tfjs-piecewise/node';
import {command} from '../cli/support/command';
import {expectClose} from '../support/close';

beforeAll(() => tf.setBackend('cpu'));

const FOLDER = join(__dirname, 'support/keras3');
const NAMES = readdirSync(FOLDER).filter((name) => !name.includes('.'));
const at = (name: string, file = '') => join(FOLDER, name, file);

interface Check {
  inputs: {shape: number[]; values: number[]}[];
  output: number[];
}

const pageFiles = (name: string) =>
  readdirSync(at(name))
    .filter((file) => file !== 'check.json')
    .map((file) => {
      const bytes = readFileSync(at(name, file));
      return {name: file, size: bytes.length, arrayBuffer: async () => Uint8Array.from(bytes).buffer};
    });

describe.each(NAMES)('%s', (name) => {
  const readers: [string, () => tf.io.IOHandler][] = [
    ['Node', () => fileSystem(at(name))],
    ['a page', () => modelFiles(pageFiles(name))],
  ];

  it.each(readers)('loads in %s with the outputs of Keras', async (_, handler) => {
    const model = await tf.loadLayersModel(handler());
    const {inputs, output}: Check = JSON.parse(readFileSync(at(name, 'check.json'), 'utf8'));
    const y = tf.tidy(() => model.predict(inputs.map(({values, shape}) => tf.tensor(values, shape))) as tf.Tensor);
    expectClose(y.dataSync<'float32'>(), output, {absolute: 1e-5, relative: 1e-5});
    y.dispose();
    model.dispose();
  });

  it('the command line reads it', async () => {
    const out = mkdtempSync(join(tmpdir(), 'keras3-'));
    const args = name.startsWith('sequential') ? ['report', at(name)] : ['export', at(name), '--to', 'onnx', out];
    const {code, stderr} = await command(args);
    rmSync(out, {recursive: true});
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
  });
});

describe('what TensorFlow.js lacks, or computes otherwise, is refused by its name', () => {
  const layer = (class_name: string, config: object) => ({class_name, config: {name: 'mine', ...config}});
  const load = (...layers: object[]) => {
    const json = {
      modelTopology: {
        keras_version: '3.15.1',
        model_config: {
          class_name: 'Sequential',
          config: {
            name: 'model',
            layers: [layer('InputLayer', {name: 'input', batch_shape: [null, 4, 4, 2]}), ...layers],
          },
        },
      },
      weightsManifest: [],
    };
    const bytes = new TextEncoder().encode(JSON.stringify(json));
    const file = {name: 'model.json', size: bytes.length, arrayBuffer: async () => Uint8Array.from(bytes).buffer};
    return tf.loadLayersModel(modelFiles([file]));
  };

  it.each([
    [
      'an activation of another meaning',
      layer('Activation', {activation: 'hard_sigmoid'}),
      "but received 'hard_sigmoid'",
    ],
    [
      'groups',
      layer('Conv2D', {groups: 2, filters: 2, kernel_size: 1}),
      'groups of Conv2D must be 1 for TensorFlow.js',
    ],
    ['a ReLU with a slope', layer('ReLU', {negative_slope: 0.1}), 'negative_slope of ReLU must be 0'],
    [
      'a dilation that is ignored',
      layer('DepthwiseConv2D', {kernel_size: 2, dilation_rate: [2, 2]}),
      'dilation_rate of',
    ],
    [
      'other samples',
      layer('UpSampling2D', {interpolation: 'bilinear'}),
      "interpolation of UpSampling2D must be 'nearest'",
    ],
    [
      'axes that a pooling keeps',
      layer('GlobalAveragePooling2D', {keepdims: true}),
      'keepdims of GlobalAveragePooling2D must be false',
    ],
    ['a gate before the product', layer('GRU', {units: 2, reset_after: true}), 'reset_after of GRU must be false'],
  ])('%s', async (_, one, message) => {
    await expect(load(one)).rejects.toThrow(message);
  });

  it('names the layer and the file', async () => {
    await expect(load(layer('Activation', {activation: 'celu'}))).rejects.toThrow(
      /^modelFiles: model\.json, layer mine: activation must be a function that TensorFlow\.js has/,
    );
  });
});
