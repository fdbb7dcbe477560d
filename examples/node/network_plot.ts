/** Trains a network on two functions of four inputs, one of which means nothing, and draws what its units have learned. */

import {join} from 'node:path';
import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count} from '../choices';
import {startBackend} from './backend';
import {replaceFile} from './files';

const {values} = parseArgs({
  options: {epochs: {type: 'string', default: '60'}, out: {type: 'string', default: 'out'}},
});

async function main() {
  const epochs = count('epochs', values.epochs);
  await startBackend('cpu'); // the fastest for layers this small
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 32, seed: 3, inputShape: [4], useBias: true, name: 'transform_1'}),
      pw.layers.reluPair({name: 'pair_1'}),
      pw.layers.whtProjection({units: 32, seed: 4, name: 'transform_2'}),
      pw.layers.reluPair({name: 'pair_2'}),
      tf.layers.dense({units: 2, kernelInitializer: tf.initializers.glorotNormal({seed: 5}), name: 'read_out'}),
    ],
  });
  const x = tf.randomNormal([1024, 4], 0, 1, 'float32', 3);
  const [a, b, c] = tf.split(x, 4, 1);
  const y = tf.concat([tf.add(tf.abs(a), tf.relu(b)), tf.sin(tf.add(a, c))], 1);
  model.compile({optimizer: pw.optimizers.adamW(), loss: 'meanSquaredError'});
  const callbacks = [pw.schedules.cosine({learningRate: 0.02})];
  const {history} = await model.fit(x, y, {epochs, batchSize: 64, verbose: 0, callbacks});
  const svg = await pw.plot.network(model, {
    samples: x,
    title: 'Learned: |a| + max(b, 0) and sin(a + c)',
    inputNames: ['a', 'b', 'c', 'd'],
    outputNames: ['|a| + max(b, 0)', 'sin(a + c)'],
  });
  const file = join(values.out, 'network.svg');
  replaceFile(file, svg);
  const error = Number(history.loss[epochs - 1]).toExponential(1);
  console.log(`${model.countParams()} weights, mean squared error ${error}. The picture is in ${file}.`);
}

main();
