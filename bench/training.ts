import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {compare, type Effort} from './compare';
import {spread} from './kernels';
import type {TrainingStep} from './results';

export const [BATCH, WIDTH, BLOCKS, CLASSES] = [128, 1024, 4, 10];

/** A step of Adam, forward and backward, on a net of our blocks and on a dense one of the same width. */
export async function measureTraining(effort: Effort): Promise<TrainingStep> {
  const x = tf.tensor2d(spread(BATCH * WIDTH, -1, 1), [BATCH, WIDTH]);
  const y = tf.tensor2d(spread(BATCH * CLASSES, -1, 1), [BATCH, CLASSES]);
  const ours = network((seed) => [pw.layers.whtProjection({units: WIDTH, seed}), pw.layers.reluPair()]);
  const dense = network(() => [
    tf.layers.dense({units: WIDTH, activation: 'relu', kernelInitializer: 'glorotUniform'}),
  ]);
  const step = (model: tf.Sequential) => ({run: () => model.trainOnBatch(x, y)});
  const timings = await compare({ours: step(ours), dense: step(dense)}, effort);
  const parameters = {ours: ours.countParams(), dense: dense.countParams()};
  tf.dispose([x, y]);
  for (const model of [ours, dense]) {
    model.optimizer.dispose();
    model.dispose();
  }
  return {...timings, parameters};
}

function network(block: (seed: number) => tf.layers.Layer[]): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({inputShape: [WIDTH]}));
  for (let seed = 0; seed < BLOCKS; seed++) for (const layer of block(seed)) model.add(layer);
  model.add(tf.layers.dense({units: CLASSES}));
  model.compile({optimizer: 'adam', loss: 'meanSquaredError'});
  return model;
}
