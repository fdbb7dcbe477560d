/** Tabular regression: the mass of a penguin from its other measurements. */

import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count} from '../choices';
import {startBackend} from './backend';
import {loadPenguins, PENGUIN_FEATURES} from './datasets/penguins';

const {values} = parseArgs({
  options: {seeds: {type: 'string', default: '5'}, epochs: {type: 'string', default: '60'}},
});

const readOut = (seed: number) => tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed})});

/** Models by name. All get the same columns, training and seeds. */
const MODELS: {[name: string]: (seed: number) => tf.layers.Layer[]} = {
  linear: (seed) => [readOut(seed)],
  'dense ReLU, 12 units': (seed) => [
    tf.layers.dense({units: 12, activation: 'relu', kernelInitializer: tf.initializers.heNormal({seed})}),
    readOut(seed),
  ],
  'Walsh-Hadamard, 32 ReLU pairs': (seed) => [
    pw.layers.whtProjection({units: 32, seed, activation: 'reluPair'}),
    pw.layers.whtProjection({units: 32, seed: seed + 100}),
    readOut(seed),
  ],
};

async function trainAndTest(layers: tf.layers.Layer[], seed: number, epochs: number) {
  const {train, test} = loadPenguins(seed);
  const model = tf.sequential({layers: [tf.layers.inputLayer({inputShape: [PENGUIN_FEATURES]}), ...layers]});
  model.compile({optimizer: tf.train.adam(0.02), loss: 'meanSquaredError'});
  await model.fit(train.x, train.y, {epochs, batchSize: 32, shuffle: false, verbose: 0, yieldEvery: 'never'});
  const [meanSquare] = [model.evaluate(test.x, test.y)].flat()[0].dataSync();
  const [variance] = tf.losses
    .meanSquaredError(test.y, tf.fill(test.y.shape, tf.mean(train.y).dataSync()[0]))
    .dataSync();
  return {parameters: model.countParams(), grams: 1000 * Math.sqrt(meanSquare), explained: 1 - meanSquare / variance};
}

async function main() {
  const [seeds, epochs] = [count('seeds', values.seeds), count('epochs', values.epochs)];
  await startBackend();
  console.log(`Error of the predicted mass on 83 penguins, mean over ${seeds} splits:`);
  for (const [name, layers] of Object.entries(MODELS)) {
    const results: Awaited<ReturnType<typeof trainAndTest>>[] = [];
    for (let seed = 1; seed <= seeds; seed++) results.push(await trainAndTest(layers(seed), seed, epochs));
    const mean = (key: 'grams' | 'explained') => results.reduce((sum, result) => sum + result[key], 0) / seeds;
    const explained = `${(100 * mean('explained')).toFixed(1)} % of the variance explained`;
    console.log(`${name.padEnd(30)} ${results[0].parameters} weights  ${mean('grams').toFixed(0)} g, ${explained}`);
  }
}

main();
