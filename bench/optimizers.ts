import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {Started} from './backends';
import {compare, type Effort} from './compare';
import {spread} from './kernels';
import {settled} from './measure';
import type {OptimizerSteps} from './results';

const both = () => ({adamW: pw.optimizers.adamW(), adam: tf.train.adam(1e-3, 0.9, 0.999, 1e-7)});

const MANY = 2 ** 20;
/** The network that `npm start` trains on the digits. */
export const DIGITS = {batch: 64, inputs: 64, width: 256, blocks: 2, classes: 10};

/** AdamW and tfjs's Adam: on one weight of 2^20 numbers, and on a small network, whose gradients are for comparison. */
export async function measureOptimizers(started: Started, effort: Effort): Promise<OptimizerSteps> {
  const optimizers = both();
  const [weight, gradient] = [-1, 0].map((low) => tf.tensor1d(spread(MANY, low, 1)));
  const many = tf.variable(weight);
  const ofMany = await compare(steps(optimizers, {[many.name]: gradient}, started), effort);
  tf.dispose([weight, many, gradient]);
  for (const optimizer of Object.values(optimizers)) optimizer.dispose();
  return {many: ofMany, digits: await measureDigits(started, effort)};
}

function steps(
  {adamW, adam}: {adamW: tf.Optimizer; adam: tf.Optimizer},
  gradients: {[name: string]: tf.Tensor},
  started: Started,
) {
  const named = Object.entries(gradients).map(([name, tensor]) => ({name, tensor}));
  return {
    adamW: {run: settled(() => adamW.applyGradients(named), started)},
    adam: {run: settled(() => adam.applyGradients(named), started)},
  };
}

async function measureDigits(started: Started, effort: Effort): Promise<OptimizerSteps['digits']> {
  const {batch, inputs, width, blocks, classes} = DIGITS;
  const model = tf.sequential({layers: [tf.layers.inputLayer({inputShape: [inputs]})]});
  for (let seed = 0; seed < blocks; seed++) {
    model.add(pw.layers.whtProjection({units: width, seed}));
    model.add(pw.layers.reluPair());
  }
  model.add(pw.layers.whtProjection({units: 16, seed: blocks}));
  model.add(tf.layers.dense({units: classes}));
  const x = tf.tensor2d(spread(batch * inputs, -1, 1), [batch, inputs]);
  const y = tf.tensor2d(spread(batch * classes, 0, 1), [batch, classes]);
  const variables = model.trainableWeights.map((one) => one.read() as tf.Variable);
  const loss = () => tf.losses.softmaxCrossEntropy(y, model.apply(x, {training: true}) as tf.Tensor) as tf.Scalar;
  const gradients = () => tf.variableGrads(loss, variables);
  const {value, grads} = gradients();
  const optimizers = both();
  const run = settled(() => {
    const found = gradients();
    tf.dispose([found.value, ...Object.values(found.grads)]);
  }, started);
  const timings = await compare({...steps(optimizers, grads, started), gradients: {run}}, effort);
  for (const optimizer of Object.values(optimizers)) optimizer.dispose();
  tf.dispose([x, y, value, ...Object.values(grads)]);
  model.dispose();
  return timings;
}
