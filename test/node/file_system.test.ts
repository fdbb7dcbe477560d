import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join, relative} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {forbidLeaks} from '../support/leaks';
import {denseModel, dispose, outputs, temporaryFolder} from './support/models';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
forbidLeaks();
const folder = temporaryFolder();

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(folder(), ...path), 'utf8'));

it('gives a model back with the same outputs, by address, handler, folder and file', async () => {
  const model = denseModel(1);
  const result = await model.save(`file://${folder()}/deep/er`);
  expect(result.modelArtifactsInfo).toMatchObject({modelTopologyType: 'JSON', weightDataBytes: 148});
  const path = join(folder(), 'deep/er');
  for (const source of [
    `file://${path}/model.json`,
    `file://${path}`,
    fileSystem(path),
    fileSystem(join(path, 'model.json')),
    fileSystem(relative(process.cwd(), path)),
  ]) {
    const copy = await tf.loadLayersModel(source);
    expect(outputs(copy)).toEqual(outputs(model));
    copy.dispose();
  }
  model.dispose();
});

it('writes the layers format of TensorFlow.js and nothing else', async () => {
  const model = denseModel(1);
  await model.save(fileSystem(folder()));
  expect(readdirSync(folder()).sort()).toEqual(['model.json', 'weights.bin']);
  expect(readFileSync(join(folder(), 'weights.bin'))).toHaveLength(148);
  const {modelTopology, weightsManifest, ...rest} = readJson('model.json');
  expect(modelTopology).toMatchObject({class_name: 'Sequential', backend: 'tensor_flow.js'});
  const digest = createHash('sha256')
    .update(readFileSync(join(folder(), 'weights.bin')))
    .digest('hex');
  expect(weightsManifest).toEqual([{paths: ['weights.bin'], weights: expect.any(Array), sha256: digest}]);
  expect(weightsManifest[0].weights[0]).toMatchObject({shape: [4, 5], dtype: 'float32'});
  expect(rest).toEqual({
    format: 'layers-model',
    generatedBy: expect.stringMatching(/^TensorFlow\.js tfjs-layers v4/),
    convertedBy: null,
  });
  model.dispose();
});

it('keeps the metadata', async () => {
  const model = denseModel(4);
  model.setUserDefinedMetadata({labels: ['ä', '犬'], accuracy: 0.5});
  await model.save(`file://${folder()}`);
  const copy = await tf.loadLayersModel(`file://${folder()}`);
  expect(copy.getUserDefinedMetadata()).toEqual({labels: ['ä', '犬'], accuracy: 0.5});
  dispose(model, copy);
});

it('replaces an earlier save, and two saves at a time leave one of the two', async () => {
  const models = [5, 6, 7].map(denseModel);
  for (const [i, model] of models.entries()) model.setUserDefinedMetadata({i});
  await models[0].save(`file://${folder()}`);
  await Promise.all(models.slice(1).map((model) => model.save(`file://${folder()}`)));
  expect(readdirSync(folder()).sort()).toEqual(['model.json', 'weights.bin']);
  const copy = await tf.loadLayersModel(`file://${folder()}`);
  const {i} = copy.getUserDefinedMetadata() as {i: number};
  expect([1, 2]).toContain(i);
  expect(outputs(copy)).toEqual(outputs(models[i]));
  dispose(...models, copy);
});

it('saves a model without weights, and a topology alone', async () => {
  const model = tf.sequential({layers: [tf.layers.reLU({inputShape: [4]})]});
  await model.save(`file://${folder()}`);
  const copy = await tf.loadLayersModel(`file://${folder()}`);
  expect(outputs(copy)).toEqual(outputs(model));
  const modelTopology = model.toJSON(null, false) as Record<string, unknown>;
  await fileSystem(join(folder(), 'alone')).save({modelTopology});
  expect(readdirSync(join(folder(), 'alone'))).toEqual(['model.json']);
  const again = await tf.loadLayersModel(`file://${folder()}/alone`);
  expect(outputs(again)).toEqual(outputs(model));
  dispose(model, copy, again);
});

it('saves and loads a graph model with its signature', async () => {
  const attr = {dtype: {type: 'DT_FLOAT'}};
  const signature = {inputs: {x: {name: 'x:0'}}, outputs: {y: {name: 'y:0'}}};
  const node = [
    {name: 'x', op: 'Placeholder', attr},
    {name: 'w', op: 'Const', attr},
    {name: 'y', op: 'Mul', input: ['x', 'w'], attr: {T: attr.dtype}},
  ];
  await fileSystem(folder()).save({
    modelTopology: {node, versions: {producer: 1, minConsumer: 1}},
    signature,
    format: 'graph-model',
    weightSpecs: [{name: 'w', shape: [2], dtype: 'float32'}],
    weightData: new Float32Array([3, 5]).buffer,
  });
  const model = await tf.loadGraphModel(`file://${folder()}/model.json`);
  await model.save(`file://${folder()}/again`);
  const again = await tf.loadGraphModel(`file://${folder()}/again/model.json`);
  expect(readJson('again/model.json')).toMatchObject({signature});
  for (const each of [model, again]) {
    const y = tf.tidy(() => (each.predict(tf.tensor1d([1, 2])) as tf.Tensor).dataSync());
    expect([...y]).toEqual([3, 10]);
    each.dispose();
  }
});

it('is loaded by tf.io.http from a web server, as in a browser', async () => {
  const model = denseModel(8);
  await model.save(`file://${folder()}`);
  const server = createServer(({url}, response) => response.end(readFileSync(join(folder(), url!))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`;
    const copy = await tf.loadLayersModel(tf.io.http(address, {fetchFunc: fetchHere}));
    expect(outputs(copy)).toEqual(outputs(model));
    dispose(model, copy);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

/** The lists of a parsed answer must be of the realm of the tests, or tfjs does not know them for lists. */
async function fetchHere(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  response.json = async () => JSON.parse(await response.text());
  return response;
}
