/**
 * What a user does, on each of the backends of the first argument in turn: trains, saves into the folder of the second, loads,
 * predicts. Prints a line of JSON for each. A backend is loaded when those before it are done.
 */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {fileSystem} from 'tfjs-piecewise/node';

export interface Outcome {
  backend: string;
  /** What runs our kernels. */
  path: string;
  /** Loss of the last epoch as a share of that of the first. */
  loss: number;
  /** Largest change of an output by saving and loading. */
  loaded: number;
  /** Largest sum along three values taken by topk, which tfjs-node runs by a function that newer Nodes lack. */
  top: number;
}

const load: {[backend: string]: () => Promise<unknown>} = {
  cpu: async () => {},
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  tensorflow: () => import('tfjs-piecewise/tfjs-node'),
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
};

async function program(backend: string, folder: string): Promise<Outcome> {
  await load[backend]();
  await tf.setBackend(backend);
  const model = tf.sequential({
    layers: [
      pw.layers.whtProjection({units: 16, seed: 1, inputShape: [4]}),
      pw.layers.reluPair({seed: 2}),
      pw.layers.whtProjection({units: 16, seed: 3, activation: 'reluPair'}),
      tf.layers.dense({units: 1, kernelInitializer: tf.initializers.glorotNormal({seed: 4})}),
    ],
  });
  model.compile({optimizer: tf.train.adam(0.02), loss: 'meanSquaredError'});
  const x = tf.randomUniform([128, 4], -1, 1, 'float32', 5);
  const {history} = await model.fit(x, x.square().sum(1, true), {epochs: 8, verbose: 0, shuffle: false});
  await model.save(fileSystem(folder));
  const copy = await tf.loadLayersModel(fileSystem(folder));
  const change = tf.max(tf.abs(tf.sub(model.predict(x) as tf.Tensor, copy.predict(x) as tf.Tensor)));
  const {path} = pw.backendReport();
  const losses = history.loss as number[];
  return {
    backend: tf.getBackend(),
    path,
    loss: losses[losses.length - 1] / losses[0],
    loaded: (await change.data())[0],
    top: (
      await tf
        .topk(tf.tensor2d([[1, 5, 3, 4]]), 3)
        .values.sum()
        .data()
    )[0],
  };
}

async function main(backends: string[], folder: string): Promise<void> {
  for (const backend of backends) console.log(JSON.stringify(await program(backend, folder)));
  process.exit(); // Dawn would keep the process
}

main(process.argv[2].split(','), process.argv[3]);
