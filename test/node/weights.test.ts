import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {forbidLeaks} from '../support/leaks';
import {denseModel, dispose, outputs, temporaryFolder} from './support/models';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
forbidLeaks();
const folder = temporaryFolder();

const bytes = Uint8Array.from({length: 24}, (_, i) => i);
const padded = Uint8Array.from({length: 30}, (_, i) => i - 3);

it.each([
  ['an ArrayBuffer', bytes.buffer],
  ['a list of ArrayBuffers', [bytes.slice(0, 5).buffer, bytes.slice(5).buffer]],
  ['a CompositeArrayBuffer', new tf.io.CompositeArrayBuffer([bytes.slice(0, 7).buffer, bytes.slice(7).buffer])],
  ['a view into a larger buffer', padded.subarray(3, 27)],
  ['a Buffer of Node', Buffer.from(bytes)],
])('takes weights as %s', async (_, weightData) => {
  const weightSpecs: tf.io.WeightsManifestEntry[] = [{name: 'w', shape: [2, 3], dtype: 'float32'}];
  const modelTopology = {};
  await fileSystem(folder()).save({modelTopology, weightSpecs, weightData: weightData as ArrayBuffer});
  expect([...readFileSync(join(folder(), 'weights.bin'))]).toEqual([...bytes]);
  const loaded = await fileSystem(folder()).load();
  expect(loaded.weightSpecs).toEqual(weightSpecs);
  expect([...new Uint8Array(loaded.weightData as ArrayBuffer)]).toEqual([...bytes]);
});

it('loads weights in several groups, each cut into files at any byte', async () => {
  const model = denseModel(1);
  await model.save(`file://${folder()}`);
  const jsonPath = join(folder(), 'model.json');
  const json = JSON.parse(readFileSync(jsonPath, 'utf8'));
  const {weights} = json.weightsManifest[0];
  const data = readFileSync(join(folder(), 'weights.bin'));
  const write = (name: string, from: number, to: number) => {
    writeFileSync(join(folder(), name), data.subarray(from, to));
    return name;
  };
  json.weightsManifest = [
    // Kernel and bias of the first layer: 80 + 20 bytes; of the second: 40 + 8.
    {paths: [write('a1', 0, 33), write('a2', 33, 81), write('a3', 81, 100)], weights: weights.slice(0, 2)},
    {paths: [write('b', 100, 148)], weights: weights.slice(2)},
  ];
  writeFileSync(jsonPath, JSON.stringify(json));
  rmSync(join(folder(), 'weights.bin'));
  const copy = await tf.loadLayersModel(`file://${folder()}/model.json`);
  expect(outputs(copy)).toEqual(outputs(model));
  dispose(model, copy);

  writeFileSync(join(folder(), 'a2'), data.subarray(33, 80));
  await expect(fileSystem(folder()).load()).rejects.toThrow(
    /a1 and .*a2 and .*a3 have together 99 bytes, but .*model\.json expects 100 bytes.*cut off/,
  );
});

it('counts every type of weight', async () => {
  const text = tf.tensor1d(['ü', '', 'tail'], 'string');
  const flag = tf.tensor1d([true, false, true], 'bool');
  const complex = tf.tidy(() => tf.complex([1, 2], [3, 4]));
  const tensors = {text, flag, complex, scalar: tf.scalar(7, 'int32')};
  const {data, specs} = await tf.io.encodeWeights(tensors);
  const quantized = {
    name: 'q',
    shape: [2],
    dtype: 'float32',
    quantization: {dtype: 'uint8', min: -1, scale: 0.5},
  } as const;
  const weightData = [data, Uint8Array.of(2, 4).buffer];
  await fileSystem(folder()).save({modelTopology: {}, weightSpecs: [...specs, {...quantized, shape: [2]}], weightData});
  const loaded = await fileSystem(folder()).load();
  const decoded = tf.io.decodeWeights(loaded.weightData!, loaded.weightSpecs!);
  expect(decoded.text.dataSync()).toEqual(['ü', '', 'tail']);
  expect([...decoded.flag.dataSync()]).toEqual([1, 0, 1]);
  expect([...decoded.complex.dataSync()]).toEqual([1, 3, 2, 4]);
  expect([...decoded.q.dataSync()]).toEqual([0, 1]);
  tf.dispose([tensors, decoded]);

  const path = join(folder(), 'weights.bin');
  writeFileSync(path, readFileSync(path).subarray(0, 3));
  await expect(fileSystem(folder()).load()).rejects.toThrow(/weights\.bin has 3 bytes, but .* cut off/);
});
