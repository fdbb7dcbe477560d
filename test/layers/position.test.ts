import * as tf from '@tensorflow/tfjs';
import {layers} from 'tfjs-piecewise';
import {useBackend} from '../support/backend';
import {inputs, outputs} from './models';

useBackend();

const {blockDense, reluPair, regionDense, triangleWave, whtProjection} = layers;

const stack = () =>
  tf.sequential({
    layers: [
      whtProjection({units: 32, rounds: 2, inputShape: [16]}),
      reluPair({parametricFraction: 0.5}),
      whtProjection({units: 20, activation: reluPair({parametricFraction: 0.25})}),
      whtProjection({units: 32, activation: 'reluPair', trainableSigns: true}),
      tf.layers.dense({units: 8}),
      blockDense({size: 2}),
      triangleWave({curvature: 'signed'}),
      regionDense({units: 4, curvature: 'signed'}),
    ],
  });

function branches(): tf.LayersModel {
  const input = tf.input({shape: [16]});
  const branch = () => reluPair({parametricFraction: 0.5}).apply(whtProjection({units: 8}).apply(input));
  const added = tf.layers.add().apply([branch(), branch(), branch()] as tf.SymbolicTensor[]);
  const output = whtProjection({units: 3}).apply(added) as tf.SymbolicTensor;
  return tf.model({inputs: input, outputs: output});
}

function nested(): tf.LayersModel {
  const inner = tf.sequential({layers: [whtProjection({units: 8, inputShape: [16]}), reluPair()]});
  return tf.sequential({layers: [inner, whtProjection({units: 4}), tf.layers.dense({units: 1})]});
}

const late = () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({units: 8, inputShape: [16]}));
  model.add(whtProjection({units: 5}));
  model.add(reluPair({parametricFraction: 0.4}));
  return model;
};

it.each([
  ['a stack', stack],
  ['branches', branches],
  ['a model in a model', nested],
  ['a model made layer by layer', late],
])('the same code builds the same function of the weights: %s', async (_, make) => {
  const first = make();
  // Other models of the program count up the names of layers and inputs.
  const between = [1, 2, 3].map(() => whtProjection({units: 4}));
  for (const layer of between) layer.apply(tf.input({shape: [4]}));
  const second = make();
  const other = first.getWeights().map((w) => w.clone());
  tf.tidy(() => second.setWeights(other.map((w) => tf.add(w, 0.1))));
  first.setWeights(second.getWeights());
  const x = inputs(6, [16]);
  expect(await outputs(second, () => tf.clone(x))).toEqual(await outputs(first, () => tf.clone(x)));
  tf.dispose([other, x]);
  for (const one of [first, second, ...between]) one.dispose();
});

it('layers one after the other, and side by side, have different seeds', () => {
  const seeds = [stack(), branches()].map((model) => {
    const all = model.layers.flatMap((layer) => (layer.getConfig().seed as number | undefined) ?? []);
    model.dispose();
    return all;
  });
  for (const all of seeds) expect(new Set(all).size).toBe(all.length);
});

it('a seed that was given or saved stays, and an unbuilt layer has none', () => {
  const unbuilt = whtProjection({units: 4});
  expect(unbuilt.seed).toBeNull();
  const {fromConfig} = layers.WHTProjection;
  expect((fromConfig(layers.WHTProjection, unbuilt.getConfig()) as layers.WHTProjection).seed).toBeNull();
  expect(whtProjection({units: 4, seed: 7}).seed).toBe(7);
  const built = whtProjection({units: 4});
  built.apply(tf.input({shape: [4]}));
  expect(Number.isInteger(built.seed)).toBe(true);
  expect((fromConfig(layers.WHTProjection, built.getConfig()) as layers.WHTProjection).seed).toBe(built.seed);
  built.dispose();
});
