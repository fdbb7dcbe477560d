import * as tf from '@tensorflow/tfjs';
import {analysis, layers} from 'tfjs-piecewise';
import {backendName, useBackend} from '../support/backend';

useBackend();

it(`the instruments read the weights of a model on ${backendName}`, async () => {
  const wave = layers.triangleWave({depth: 6, seed: 3, inputShape: [1]});
  const projection = layers.whtProjection({units: 4, seed: 1, trainableSigns: true, activation: 'reluPair'});
  const model = tf.sequential({layers: [wave, projection, tf.layers.dense({units: 2, activation: 'softmax'})]});
  const {regions} = await analysis.countLinearRegions(model, {from: [0], to: [1]});
  expect(regions).toBe(64);
  expect((await analysis.parameterReport(model)).total.parameters).toBe(model.countParams());
  model.dispose();
});
