import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import type {BackendName} from '../backends';
import {compare} from '../compare';
import {spread} from '../kernels';
import {BATCH} from './batch';
import type {StepRow} from './results';

const [INPUTS, OUTPUTS] = [784, 10];

/** `layers` layers of `width` units with two slopes each; the read-out takes 10 of the units of one more transform. */
export function network(layers: number, width: number): tf.Sequential {
  const model = tf.sequential();
  for (let seed = 1; seed <= layers; seed++) {
    const shape = seed === 1 ? {inputShape: [INPUTS]} : {};
    model.add(pw.layers.whtProjection({units: width, seed, activation: 'reluPair', ...shape}));
  }
  model.add(pw.layers.whtProjection({units: OUTPUTS, seed: layers + 1}));
  return model;
}

/** Forward, backward and Adam; each ends with the numbers in JavaScript, so that nothing is still to be done. */
export async function measureStep(backend: BackendName, layers: number, width: number): Promise<StepRow> {
  const baseBytes = peakBytes();
  const model = network(layers, width);
  const optimizer = tf.train.adam(1e-3);
  model.compile({optimizer, loss: 'meanSquaredError'});
  const x = tf.tensor2d(spread(BATCH * INPUTS, -1, 1), [BATCH, INPUTS]);
  const y = tf.tensor2d(spread(BATCH * OUTPUTS, -1, 1), [BATCH, OUTPUTS]);
  const loss = () => tf.losses.meanSquaredError(y, model.apply(x, {training: true}) as tf.Tensor).asScalar();
  const variants = {
    forward: {run: () => tf.tidy(() => loss().dataSync())},
    gradients: {
      run: () =>
        tf.tidy(() => {
          const {value, grads} = tf.variableGrads(loss);
          value.dataSync();
          for (const grad of Object.values(grads)) grad.slice(0, 1).dataSync();
        }),
    },
    step: {run: () => model.trainOnBatch(x, y)},
  };
  for (const {run} of Object.values(variants)) await run(); // makes signs, memory, and the accumulators of Adam
  const {forward, gradients, step} = await compare(variants, {turns: 7, budget: 4000});
  const peak = peakBytes(); // before gradients are kept, which a training step does not do
  const {grads} = tf.variableGrads(loss);
  const weight = model.trainableWeights[0];
  const run = () => {
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({name, tensor})));
    return tf.tidy(() => weight.read().slice(0, 1).dataSync());
  };
  const {adam} = await compare({adam: {run}}, {turns: 7, budget: 1000});
  return {
    backend,
    layers,
    width,
    parameters: model.countParams(),
    forward,
    backward: Math.max(0, gradients.median - forward.median),
    adam: adam.median,
    step,
    peakBytes: peak,
    baseBytes,
  };
}

/** Most memory that this process has held at one time. */
const peakBytes = () => process.resourceUsage().maxRSS * 1024;
