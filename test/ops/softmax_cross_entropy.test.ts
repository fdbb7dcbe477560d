import * as tf from '@tensorflow/tfjs';
import {layers, softmaxCrossEntropy} from 'tfjs-piecewise';
import {backendName, useBackend} from '../support/backend';
import {expectClose} from '../support/close';
import {evaluate, evaluateAll, normalInput, tensorsLeftBy, toTensor} from './evaluate';

useBackend();

const ROUNDED = {relative: 1e-5, absolute: 1e-6};
const oneHot = () => tf.tidy(() => tf.oneHot(tf.tensor1d([2, 0, 4, 1], 'int32'), 5));
const logitsOf = (seed: number) => toTensor(normalInput([4, 5], seed));

it('is log 2 for two classes alike, and 0 where the right one is certain', async () => {
  const losses = await evaluate(() =>
    softmaxCrossEntropy(
      [
        [1, 0],
        [0, 1],
      ],
      [
        [3, 3],
        [-50, 50],
      ],
    ),
  );
  expectClose(losses, [Math.log(2), 0], ROUNDED);
});

it.each([0, 0.1])('has the mean and the gradient of the loss of tfjs, of labels smoothed by %d', async (share) => {
  const [ours, theirs, dours, dtheirs] = await evaluateAll(() => {
    const labels = oneHot();
    const mean = (logits: tf.Tensor) =>
      tf.mean(softmaxCrossEntropy(labels, logits, {labelSmoothing: share})) as tf.Scalar;
    const other = (logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, logits, undefined, share) as tf.Scalar;
    const logits = logitsOf(1);
    return [mean(logits), other(logits), tf.grad(mean)(logits), tf.grad(other)(logits)];
  });
  expectClose(ours, theirs, ROUNDED);
  expectClose(dours, dtheirs, ROUNDED);
});

it('does not overflow', async () => {
  const [losses, derivative] = await evaluateAll(() => {
    const labels = tf.tensor2d([1, 0, 0, 1], [2, 2]);
    const logits = tf.tensor2d([1000, -1000, 1000, -1000], [2, 2]);
    const loss = (x: tf.Tensor) => softmaxCrossEntropy(labels, x);
    return [loss(logits), tf.grad(loss)(logits)];
  });
  expectClose(losses, [0, 2000], ROUNDED);
  expectClose(derivative, [0, 0, 1, -1], ROUNDED);
});

it('is NaN for the row of a NaN, and for no other', async () => {
  const losses = await evaluate(() => {
    const logits = tf.tensor2d([0, Number.NaN, 0, 0], [2, 2]);
    return softmaxCrossEntropy(tf.ones([2, 2]), logits);
  });
  expectClose(losses, [Number.NaN, 2 * Math.log(2)], ROUNDED);
});

it('works on no rows', async () => {
  const [losses, derivative] = await evaluateAll(() => {
    const labels = tf.zeros([0, 3]);
    return [softmaxCrossEntropy(labels, labels), tf.grad((x) => softmaxCrossEntropy(labels, x))(labels)];
  });
  expect([[...losses], [...derivative]]).toEqual([[], []]);
});

it('leaves no other tensor behind, also where it differentiates', () => {
  const [labels, logits] = [oneHot(), logitsOf(2)];
  expect(tensorsLeftBy(() => softmaxCrossEntropy(labels, logits))).toBe(0);
  expect(tensorsLeftBy(() => tf.grad((x) => softmaxCrossEntropy(labels, x))(logits))).toBe(0);
  tf.dispose([labels, logits]);
});

/** Weights after two steps, and the kernels of a third. */
async function train(loss: (labels: tf.Tensor, logits: tf.Tensor) => tf.Tensor) {
  const kernelInitializer = tf.initializers.glorotNormal({seed: 3});
  const model = tf.sequential({layers: [layers.dense({units: 5, kernelInitializer, inputShape: [6]})]});
  const optimizer = tf.train.sgd(0.5);
  model.compile({optimizer, loss});
  const [x, y] = [toTensor(normalInput([4, 6], 4)), oneHot()];
  const classWeight = {0: 1, 1: 2, 2: 3, 3: 4, 4: 0.5};
  await model.fit(x, y, {epochs: 2, batchSize: 4, shuffle: false, classWeight, verbose: 0});
  const weights = await model.getWeights()[0].data();
  const run = jest.spyOn(tf.engine(), 'runKernel');
  await model.trainOnBatch(x, y);
  const kernels = run.mock.calls.map(([name]) => name);
  run.mockRestore();
  tf.dispose([x, y]);
  optimizer.dispose();
  model.dispose();
  return {weights, kernels};
}

it('trains as a loss of rows does, class weights included, by one kernel each way', async () => {
  const ours = await train((labels, logits) => softmaxCrossEntropy(labels, logits));
  const rows = await train((labels, logits) => tf.metrics.categoricalCrossentropy(labels, tf.softmax(logits)));
  expectClose(ours.weights, rows.weights, {relative: 1e-4, absolute: 1e-5});
  if (backendName !== 'webgpu') {
    const own = ours.kernels.filter((name) => name.startsWith('SoftmaxCrossEntropy'));
    expect(own).toEqual(['SoftmaxCrossEntropy', 'SoftmaxCrossEntropyGradient']);
    expect(ours.kernels.length).toBeLessThan(rows.kernels.length - 25);
  }
});
