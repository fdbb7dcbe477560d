/** A training loop of one's own: the ops without layers, gradients by tf.variableGrads, and a clip on their norm. */

import {parseArgs} from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {count} from '../choices';
import {startBackend} from './backend';

const INPUTS = 16;
const UNITS = 64;
const BATCH = 128;
const MAX_NORM = 1;

const {values} = parseArgs({options: {steps: {type: 'string', default: '300'}}});

const vary = (start: tf.Tensor, name: string) => tf.variable(start, true, name);

/** Two blocks of transform and slopes, and a read-out: 2 * 2 * 64 + 65 weights. */
function makeNetwork() {
  const blocks = [0, 1].map((block) => ({
    signs: tf.tensor1d(pw.randomSigns(UNITS, {seed: 1, round: block})),
    negative: vary(tf.zeros([UNITS]), `negative_${block}`),
    positive: vary(tf.fill([UNITS], Math.SQRT2), `positive_${block}`),
  }));
  const weights = vary(tf.randomNormal([UNITS, 1], 0, UNITS ** -0.5, 'float32', 2), 'weights');
  const bias = vary(tf.zeros([1]), 'bias');
  return (x: tf.Tensor2D): tf.Tensor2D =>
    tf.tidy(() => {
      let y = tf.tile(x, [1, UNITS / INPUTS]);
      for (const {signs, negative, positive} of blocks) y = pw.whtReLUPair(y, negative, positive, {signs});
      return tf.add(tf.matMul(y, weights), bias);
    });
}

/** A new batch for every step: the distance of two points of 8 coordinates. */
function makeBatch(seed: number): [x: tf.Tensor2D, y: tf.Tensor2D] {
  const x = tf.randomUniform<tf.Rank.R2>([BATCH, INPUTS], -1, 1, 'float32', seed);
  const [a, b] = tf.split(x, 2, 1);
  return [x, tf.norm(tf.sub(a, b), 'euclidean', 1).as2D(BATCH, 1)];
}

async function main() {
  const steps = count('steps', values.steps);
  await startBackend();
  const network = makeNetwork();
  const optimizer = tf.train.adam(0.01);

  for (let step = 1; step <= steps; step++) {
    const loss = tf.tidy(() => {
      const [x, y] = makeBatch(step);
      const {value, grads} = tf.variableGrads(() => tf.losses.meanSquaredError(y, network(x)).asScalar());
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))));
      const shrink = tf.minimum(1, tf.div(MAX_NORM, norm));
      const clipped = Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, shrink)]);
      optimizer.applyGradients(Object.fromEntries(clipped));
      return value;
    });
    if (step === 1 || step % 100 === 0 || step === steps) {
      console.log(`step ${step}: mean squared error ${(await loss.data())[0].toFixed(4)}`);
    }
    loss.dispose();
  }
  console.log(`${tf.memory().numTensors} tensors are left: weights, their moments, and signs.`);
}

main();
