import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {exporters, layers} from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';
import {KERAS_LAYERS} from '../../src/cli/keras_layers';
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

const run = (to: string, ...options: string[]) =>
  command(['export', join(folder(), 'model'), '--to', to, out(), ...options]);

it('writes ONNX, and names its inputs and outputs', async () => {
  await writeModel();
  const {code, stdout, stderr} = await run('onnx');
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  const path = join(out(), 'model.onnx');
  expect(stdout).toContain(`${path}  ${readFileSync(path).length.toLocaleString('en')} bytes`);
  expect(stdout).toContain(`Inputs: mix_input [batch, 5]\nOutputs: read_out [batch, 2]\n`);
  expect(readdirSync(out())).toEqual(['model.onnx']);
});

it.each(['float32', 'float16', 'int8'])('writes LiteRT with weights of %s', async (weights) => {
  const model = await writeModel();
  const {code, stdout, stderr} = await run('litert', '--weights', weights);
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(stdout).toContain(`Inputs: mix_input [batch, 5]\nOutputs: read_out [batch, 2]\n`);
  const bytes = readFileSync(join(out(), 'model.tflite'));
  expect(new Uint8Array(bytes)).toEqual(await exporters.toLiteRT(model, {weights: weights as 'int8'}));
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

it.each([
  ['uint8', 0.02],
  ['uint16', 1e-4],
  ['float16', 0.002],
])('writes quantized weights: %s', async (dtype, absolute) => {
  const model = tf.sequential({layers: [tf.layers.dense({units: 16, inputShape: [5], name: 'wide'})]});
  await model.save(fileSystem(join(folder(), 'model')));
  const {code, stdout, stderr} = await run('quantized', ...(dtype === 'uint8' ? [] : ['--weights', dtype]));
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(stdout).toMatch(new RegExp(`wide/kernel: ${dtype}, off by [0-9.e-]+ at most`));
  expect(stdout).toContain('wide/bias stays, for it has fewer than 64 numbers');
  expectClose(predictions(await tf.loadLayersModel(fileSystem(out()))), predictions(model), {absolute});
});

it.each([
  [['onnx', '--weights', 'uint8'], '--weights does not apply to onnx, only to litert, quantized, js, c'],
  [['quantized', '--weights', 'int8'], '--weights of quantized must be one of uint8, uint16, float16'],
  [['js', '--weights', 'uint16'], '--weights of js must be one of float32, float16, uint8'],
  [['c', '--simd'], '--simd does not apply to c, only to js'],
])('refuses %j', async ([to, ...options], message) => {
  const {code, stderr} = await run(to, ...options);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it.each([[], ['--simd']])(
  'writes a module that a program imports, with its types: %j',
  async (...options: string[]) => {
    const model = await writeModel();
    const {code, stdout, stderr} = await run('js', ...options);
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout).toContain("import {predict} from './model.mjs'");
    const x = Float32Array.from({length: 20}, (_, i) => -1 + (2 * i) / 19);
    const program = `import {predict} from ${JSON.stringify(join(out(), 'model.mjs'))};
    process.stdout.write(JSON.stringify([...predict(${JSON.stringify([...x])})]));`;
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', program], {encoding: 'utf8'});
    expectClose(JSON.parse(text), predictions(model), {relative: 1e-6});
    expect(readFileSync(join(out(), 'model.d.mts'), 'utf8')).toContain('predict(input: Numbers): Float32Array;');
    expect(readFileSync(join(out(), 'model.mjs'), 'utf8').includes('WebAssembly')).toBe(options.includes('--simd'));
  },
);

it('writes C beside the model that it is made from, without a word of it changed', async () => {
  await writeModel();
  const path = join(folder(), 'model');
  const before = readFileSync(join(path, 'model.json'), 'utf8');
  const {code, stdout} = await command(['export', path, '--to', 'c', path]);
  expect(code).toBe(0);
  expect(stdout).toContain('as C99:');
  expect(readFileSync(join(path, 'model.c'), 'utf8')).toContain('void model(const float *x, float *y) {');
  expect(readFileSync(join(path, 'model.h'), 'utf8')).toContain('#define MODEL_INPUT_SIZE 5 ');
  expect(readFileSync(join(path, 'model.json'), 'utf8')).toBe(before);
});

it.each(['graph', 'dense', 'keras', 'onnx'])('%s keeps what users have written into the model', async (to) => {
  const model = await writeModel();
  const metadata = {labels: ['cat', 'dog'], author: 'somebody'};
  model.setUserDefinedMetadata(metadata);
  await model.save(fileSystem(join(folder(), 'model')));
  expect((await run(to)).code).toBe(0);
  if (to === 'onnx') {
    const text = readFileSync(join(out(), 'model.onnx'), 'latin1');
    expect(text).toContain('["cat","dog"]');
    expect(text).toContain('somebody');
  } else {
    expect(JSON.parse(readFileSync(join(out(), 'model.json'), 'utf8')).userDefinedMetadata).toEqual(metadata);
  }
});

it('says how Python reads a model', async () => {
  await writeModel();
  const {stdout} = await run('keras');
  expect(stdout).toContain(`load_model(${JSON.stringify(join(out(), 'model.json'))})`);
});

it('names the outputs of ONNX as the file has them, also one that is an input', async () => {
  const input = tf.input({shape: [2], name: 'given'});
  const outputs = [input, tf.layers.dense({units: 1, name: 'made'}).apply(input) as tf.SymbolicTensor];
  await tf.model({inputs: input, outputs}).save(fileSystem(join(folder(), 'model')));
  const {stdout} = await run('onnx');
  expect(stdout).toContain('Inputs: given [batch, 2]\nOutputs: given_1 [batch, 2], made [batch, 1]\n');
  expect(readFileSync(join(out(), 'model.onnx'), 'latin1')).toContain('given_1');
});

it('replaces an export of before, and keeps what else is in the folder', async () => {
  await writeModel();
  for (const to of ['graph', 'onnx', 'dense', 'onnx']) expect((await run(to)).code).toBe(0);
  expect(readdirSync(out()).sort()).toEqual(['model.json', 'model.onnx', 'weights.bin']);
  expect((await tf.loadLayersModel(fileSystem(out()))).layers.length).toBeGreaterThan(2);
});

it('knows the layers that the Keras bridge reads', () => {
  const table = join(__dirname, '../../python/src/tfjs_piecewise_keras/layers_model/layer_table.py');
  const [, standard, own] = /_STANDARD = \{(.*?)\n\}.*?_OWN = \{(.*?)\n\}/s.exec(readFileSync(table, 'utf8'))!;
  const names = [...standard.matchAll(/^ {4}"(\w+)":/gm), ...own.matchAll(/^ {4}own\.(\w+):/gm)].map(
    ([, name]) => name,
  );
  expect(names.sort()).toEqual([...KERAS_LAYERS].sort());
});

it('reads models that were converted from Keras', async () => {
  writeTent(join(folder(), 'model'));
  expect((await run('onnx')).code).toBe(0);
});

describe('exit code 1, nothing on stdout, and a reason', () => {
  it.each(['onnx', 'graph', 'dense', 'js', 'c'])('a layer that is not exported, to %s', async (to) => {
    const model = tf.sequential({layers: [tf.layers.gru({units: 2, inputShape: [3, 4], name: 'loop'})]});
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

  it('a layer that Keras lacks, inside a model', async () => {
    const inner = tf.sequential({layers: [tf.layers.thresholdedReLU({name: 'odd', inputShape: [2]})]});
    await tf.sequential({layers: [inner]}).save(fileSystem(join(folder(), 'model')));
    const {code, stderr} = await run('keras');
    expect(code).toBe(1);
    expect(stderr).toMatch(/export --to keras, layer odd: the class must be one of .*, but received ThresholdedReLU/);
    expect(existsSync(out())).toBe(false);
  });

  it.each(['graph', 'dense', 'keras'])('the folder of the model itself, to %s', async (to) => {
    await writeModel();
    const path = join(folder(), 'model');
    const before = readFileSync(join(path, 'model.json'), 'utf8');
    for (const named of [path, join(path, 'model.json')]) {
      const {code, stderr} = await command(['export', named, '--to', to, join(path, '..', 'model')]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/export: FOLDER must not be that of MODEL, whose files it would replace, but received /);
    }
    expect(readFileSync(join(path, 'model.json'), 'utf8')).toBe(before);
  });

  it('a folder that is a file', async () => {
    await writeModel();
    writeFileSync(join(folder(), 'new'), '');
    const {code, stderr} = await run('onnx');
    expect(code).toBe(1);
    expect(stderr).toMatch(/export: FOLDER must be a folder that can be made, but received /);
  });
});
