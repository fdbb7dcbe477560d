/** Apart from the other specs of saving, because the optimizers of tfjs keep a scalar that no dispose() reaches. */

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {fileSystem} from 'tfjs-piecewise/node';
import {denseModel, outputs, temporaryFolder, trainSteps} from './support/models';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
const folder = temporaryFolder();

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(folder(), ...path), 'utf8'));

it('writes the same files as tfjs-node', async () => {
  const {fileSystem: theirs} = require('@tensorflow/tfjs-node/dist/io/file_system');
  const model = denseModel(2);
  model.setUserDefinedMetadata({classes: 'ab'});
  model.compile({optimizer: tf.train.adam(0.1), loss: 'meanSquaredError'});
  await trainSteps(model, 1);
  await model.save(theirs(join(folder(), 'theirs')), {includeOptimizer: true});
  await model.save(fileSystem(join(folder(), 'ours')), {includeOptimizer: true});
  const {weightsManifest, ...rest} = readJson('ours/model.json');
  // Ours also says what the bytes of the weights are.
  const [{sha256, ...group}] = weightsManifest;
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  expect({...rest, weightsManifest: [group]}).toEqual(readJson('theirs/model.json'));
  const weights = (name: string) => readFileSync(join(folder(), name, 'weights.bin'));
  expect(weights('ours')).toEqual(weights('theirs'));
  model.optimizer.dispose();
  model.dispose();
});

it('keeps the optimizer: training goes on as if it had not been interrupted', async () => {
  const model = denseModel(3);
  model.compile({optimizer: tf.train.adam(0.01), loss: 'meanSquaredError', metrics: ['accuracy']});
  await trainSteps(model, 3);
  await model.save(`file://${folder()}`, {includeOptimizer: true});
  expect(readJson('model.json').trainingConfig).toMatchObject({optimizer_config: {class_name: 'Adam'}});
  const copy = await tf.loadLayersModel(`file://${folder()}/model.json`);
  await trainSteps(model, 3);
  await trainSteps(copy, 3);
  expect(outputs(copy)).toEqual(outputs(model));
  for (const each of [model, copy]) {
    each.optimizer.dispose();
    each.dispose();
  }
});
