/** @slow */

import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {collectTensors, useBackend} from '../../support/backend';
import {normal} from '../../support/random';

useBackend();

const [BATCH, WIDTH, BLOCKS, CLASSES] = [128, 1024, 4, 10];

function network(block: (seed: number) => tf.layers.Layer[]): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({inputShape: [WIDTH]}));
  for (let i = 0; i < BLOCKS; i++) for (const layer of block(i)) model.add(layer);
  model.add(tf.layers.dense({units: CLASSES, kernelInitializer: tf.initializers.glorotUniform({seed: 1})}));
  model.compile({optimizer: 'adam', loss: 'meanSquaredError'});
  return model;
}

async function medianMilliseconds(run: () => Promise<unknown>, turns: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < turns; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[turns >> 1];
}

// Measured: 100 to 220 times; by portable kernels 9 to 14 times. A dense step takes seconds.
it('a training step of 4 blocks of width 1024 takes at most a tenth of that of a dense net', async () => {
  collectTensors();
  const x = tf.tensor2d(normal(BATCH * WIDTH, 1), [BATCH, WIDTH]);
  const y = tf.tensor2d(normal(BATCH * CLASSES, 2), [BATCH, CLASSES]);
  const ours = network((seed) => [pw.layers.whtProjection({units: WIDTH, seed}), pw.layers.reluPair()]);
  const dense = network((seed) => [
    tf.layers.dense({
      units: WIDTH,
      activation: 'relu',
      kernelInitializer: tf.initializers.glorotUniform({seed}),
    }),
  ]);
  const step = (model: tf.Sequential) => () => model.trainOnBatch(x, y);
  for (let i = 0; i < 20; i++) await step(ours)();
  await step(dense)();
  const [fast, slow] = [await medianMilliseconds(step(ours), 21), await medianMilliseconds(step(dense), 1)];
  expect(slow / fast).toBeGreaterThanOrEqual(10);
  for (const model of [ours, dense]) {
    model.optimizer.dispose();
    model.dispose();
  }
}, 60_000);
