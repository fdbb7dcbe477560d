/** A training in a thread of its own; posts the sum of its weights at the end. */

import {parentPort, workerData} from 'node:worker_threads';
import * as tf from '@tensorflow/tfjs';
import {type BackendName, start, stopGpu} from '../../bench/backends';
import {batchOf, everyLayer} from './models';

async function main({backend, seed, steps}: {backend: BackendName; seed: number; steps: number}): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  tf.enableProdMode();
  await start(backend);
  const model = everyLayer(seed);
  for (let step = 0; step < steps; step++) {
    const [x, y] = batchOf(step);
    await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
  }
  const weights = await Promise.all(model.getWeights().map((weight) => weight.data()));
  parentPort!.postMessage(weights.map((values) => [...values]));
  stopGpu();
}

main(workerData);
