/** Rings in a plane, learned by two networks of about 150 weights: how many linear regions each makes of it, as two mosaics. */

import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count} from '../choices';
import {startBackend} from './backend';
import {replaceFile} from './files';

const {values} = parseArgs({
  options: {epochs: {type: 'string', default: '200'}, out: {type: 'string', default: 'out'}},
});

const walshHadamard = () =>
  tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 32, seed: 1, inputShape: [2]}),
      pw.layers.reluPair(),
      pw.layers.whtProjection({units: 32, seed: 2}),
      pw.layers.reluPair(),
      tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: 3})}),
    ],
  });

const dense = () =>
  tf.sequential({
    layers: [
      tf.layers.dense({units: 10, activation: 'relu', inputShape: [2], ...start(1)}),
      tf.layers.dense({units: 10, activation: 'relu', ...start(2)}),
      tf.layers.dense({units: 1, ...start(3)}),
    ],
  });

/** Random biases, too: with zeros all units of the first layer bend at the origin. */
const start = (seed: number) => ({
  kernelInitializer: tf.initializers.heNormal({seed}),
  biasInitializer: tf.initializers.randomNormal({stddev: 0.5, seed: seed + 10}),
});

async function main() {
  const epochs = count('epochs', values.epochs);
  await startBackend('cpu'); // the fastest for layers this small
  const x = tf.randomUniform([2000, 2], -1, 1, 'float32', 1);
  const y = tf.cos(tf.mul(6, tf.norm(x, 'euclidean', 1, true)));
  await learn('Walsh-Hadamard', walshHadamard(), 0.06, 'mosaic.svg');
  await learn('dense ReLU', dense(), 0.02, 'mosaic_dense.svg');

  async function learn(name: string, model: tf.Sequential, learningRate: number, picture: string) {
    model.compile({optimizer: pw.optimizers.adamW(), loss: 'meanSquaredError'});
    const callbacks = [pw.schedules.cosine({learningRate})];
    const {history} = await model.fit(x, y, {
      epochs,
      batchSize: 50,
      shuffle: false,
      verbose: 0,
      yieldEvery: 'never',
      callbacks,
    });
    const found = await pw.analysis.linearRegions2d(model, {x: [-1, 1], y: [-1, 1]});
    const title = `${name}: ${model.countParams()} weights, ${found.regions} regions`;
    const file = join(values.out, picture);
    replaceFile(file, pw.plot.regions(found, {title, width: 480, height: 460}));
    console.log(`${title}, mean squared error ${Number(history.loss.at(-1)).toFixed(4)}; drawn in ${file}`);
  }
}

main();
