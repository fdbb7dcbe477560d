import * as tf from '@tensorflow/tfjs';
import * as pw from 'tfjs-piecewise';
import {useBackend, values} from '../support/backend';
import {expectClose} from '../support/close';
import {normal} from '../support/random';
import {DoubleAdamW} from './double_adam_w';

useBackend();

const {adamW} = pw.optimizers;
/** The name that it has in a model: tfjs puts a number after one that was taken. */
const variable = (name: string, data: Float32Array | number[], shape: number[]) =>
  tf.tidy(() => tf.variable(tf.tensor(data, shape, 'float32'), true, name));
const gradientsOf = (...all: [tf.Variable, tf.Tensor | null][]) =>
  all.map(([{name}, tensor]) => ({name, tensor: tensor as tf.Tensor}));

it('gives the numbers of Keras', async () => {
  const kernel = variable('keras/kernel', [1, -2, 0.5, 3], [2, 2]);
  const bias = variable('keras/bias', [0.25, -0.75], [2]);
  const optimizer = adamW({learningRate: 0.1, weightDecay: 0.05, beta1: 0.8, beta2: 0.95});
  // keras.optimizers.AdamW of Keras 3 with these arguments, the bias excluded by exclude_from_weight_decay.
  const expected = [
    [0.8950001001, -1.8899999857, 0.3975000083, 2.8849999905, 0.3499999642, -0.849999547],
    [0.8095715046, -1.7995963097, 0.3145588338, 2.7896213531, 0.3388888538, -0.8388884664],
    [0.7841453552, -1.7692199945, 0.2916077375, 2.7542948723, 0.2724923491, -0.7724920511],
  ];
  for (const [t, weights] of expected.entries()) {
    const gradients = [[0.3, -1, 2, 0.5].map((g) => g * (1 - 0.75 * t)), [1.5, -0.2].map((g) => g * (t - 0.5))];
    const [dkernel, dbias] = [tf.tensor(gradients[0], [2, 2]), tf.tensor(gradients[1], [2])];
    optimizer.applyGradients(gradientsOf([kernel, dkernel], [bias, dbias]));
    expectClose([...(await values(kernel)), ...(await values(bias))], weights, {relative: 3e-7, absolute: 0});
    tf.dispose([dkernel, dbias]);
  }
  tf.dispose([kernel, bias]);
  optimizer.dispose();
});

it.each([
  ['the defaults', {}],
  ['a strong decay of all', {learningRate: 0.02, weightDecay: 0.5, beta1: 0.7, beta2: 0.9, excludeFromWeightDecay: []}],
  ['no memory and no decay', {learningRate: 0.1, weightDecay: 0, beta1: 0, beta2: 0, epsilon: 0.01}],
])('follows the formula in doubles over ten steps, with %s', async (_, args) => {
  const starts = [normal(5 * 7, 1), normal(7, 2)];
  const weights = [variable('formula/kernel', starts[0], [5, 7]), variable('formula/bias', starts[1], [7])];
  const decayed = [true, 'excludeFromWeightDecay' in args];
  const references = starts.map((start, i) => new DoubleAdamW(start, decayed[i], args));
  const optimizer = adamW(args);
  for (let t = 0; t < 10; t++) {
    const data = weights.map(({size}, i) => normal(size, 10 + 2 * t + i));
    const gradients = weights.map(({shape}, i) => tf.tensor(data[i], shape));
    // Half of the steps by name, as `minimize` without a list of variables does.
    const named = gradientsOf([weights[0], gradients[0]], [weights[1], gradients[1]]);
    optimizer.applyGradients(t % 2 === 0 ? named : Object.fromEntries(named.map(({name, tensor}) => [name, tensor])));
    tf.dispose(gradients);
    for (const [i, reference] of references.entries()) reference.step(data[i]);
  }
  for (const [i, weight] of weights.entries()) {
    expectClose(await values(weight), references[i].weight, {relative: 2e-6, absolute: 0});
  }
  tf.dispose(weights);
  optimizer.dispose();
});

it('trains by minimize: all variables, or some', async () => {
  const [a, b] = [variable('minimize/a', [3], [1]), variable('minimize/b', [3], [1])];
  const optimizer = adamW({learningRate: 0.1});
  const cost = () => tf.tidy(() => tf.sum(tf.add(tf.square(a), tf.square(b))) as tf.Scalar);
  const loss = optimizer.minimize(cost, true, [a, b])!;
  expect([...(await values(loss))]).toEqual([18]);
  optimizer.minimize(cost, false, [a]);
  expect((await values(a))[0]).toBeCloseTo(2.8, 3);
  expect((await values(b))[0]).toBeCloseTo(2.9, 3);
  expect(optimizer.iterations).toBe(2);
  tf.dispose([a, b, loss]);
  optimizer.dispose();
});

it('a weight without a gradient stays, and its first step is a first step whenever it comes', async () => {
  const [a, b] = [variable('null/a', [1], [1]), variable('null/b', [1], [1])];
  const gradient = tf.tensor1d([2]);
  const optimizer = adamW({learningRate: 0.01});
  for (let t = 0; t < 5; t++) optimizer.applyGradients(gradientsOf([a, gradient], [b, null]));
  expect([...(await values(b))]).toEqual([1]);
  optimizer.applyGradients(gradientsOf([b, gradient]));
  expect((await values(b))[0]).toBeCloseTo(0.99, 6); // the first step has the size of the rate
  tf.dispose([a, b, gradient]);
  optimizer.dispose();
});

it('what shares data with a weight keeps it: a clone, and values that were read', async () => {
  const w = variable('shared/w', [1, 2], [2]);
  const gradient = tf.tensor1d([1, 1]);
  const optimizer = adamW({learningRate: 0.5});
  const clone = tf.clone(w as tf.Tensor);
  const before = await values(w);
  optimizer.applyGradients(gradientsOf([w, gradient]));
  expect([...before]).toEqual([1, 2]);
  expect([...(await values(clone))]).toEqual([1, 2]);
  expect((await values(w))[0]).toBeCloseTo(0.5, 5);
  tf.dispose([w, clone, gradient]);
  optimizer.dispose();
});

it('no step leaves a tensor behind, and dispose leaves none', () => {
  const before = tf.memory();
  const w = variable('leaks/w', normal(12, 1), [3, 4]);
  const gradient = tf.tensor(normal(12, 2), [3, 4]);
  const optimizer = adamW();
  optimizer.applyGradients(gradientsOf([w, gradient]));
  const {numTensors, numDataBuffers, numBytes} = tf.memory();
  expect(numTensors).toBe(before.numTensors + 4); // the weight, its gradient and two moments
  for (let t = 0; t < 100; t++) optimizer.applyGradients(gradientsOf([w, gradient]));
  tf.tidy(() => optimizer.applyGradients(gradientsOf([w, gradient])));
  expect(tf.memory()).toMatchObject({numTensors, numDataBuffers, numBytes});
  tf.dispose([w, gradient]);
  optimizer.dispose();
  expect(tf.memory()).toMatchObject({numTensors: before.numTensors, numBytes: before.numBytes});
});

it('lets go of the moments of disposed weights, and gives none to another weight of that name', async () => {
  const optimizer = adamW({learningRate: 0.01});
  const gradient = tf.tensor1d([1]);
  const old = variable('again/w', [1], [1]);
  for (let t = 0; t < 3; t++) optimizer.applyGradients(gradientsOf([old, gradient]));
  const {numTensors} = tf.memory();
  old.dispose();
  const w = variable('again/w', [1], [1]);
  const opposite = tf.tensor1d([-1]);
  optimizer.applyGradients(gradientsOf([w, opposite]));
  expect((await values(w))[0]).toBeCloseTo(1.01, 6);
  opposite.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
  tf.dispose([w, gradient]);
  optimizer.dispose();
});

describe('errors', () => {
  it.each([
    ['a rate of 0', {learningRate: 0}, 'AdamW: learningRate must be a finite number > 0, but received 0'],
    ['a negative decay', {weightDecay: -1}, 'weightDecay must be a finite number >= 0'],
    ['a beta1 of 1', {beta1: 1}, 'beta1 must be a number from 0 to'],
    ['a beta2 above 1', {beta2: 1.5}, 'beta2 must be a number from 0 to'],
    ['an epsilon of 0', {epsilon: 0}, 'epsilon must be a finite number > 0'],
    ['a rate as text', {learningRate: '0.1'}, "but received '0.1'"],
    ['an option of Keras in another spelling', {weight_decay: 0.1}, "Did you mean 'weightDecay'?"],
    ['one name', {excludeFromWeightDecay: 'bias'}, 'must be an array of names, or a function'],
    ['names that are none', {excludeFromWeightDecay: [1]}, 'must be an array of names, or a function'],
  ])('%s', (_, args, message) => {
    expect(() => adamW(args as pw.optimizers.AdamWArgs)).toThrow(message);
  });

  it('gradients that fit no weight', () => {
    const w = variable('errors/w', [1, 2], [2]);
    const optimizer = adamW();
    const [wide, whole] = [tf.tensor1d([1, 2, 3]), tf.tensor1d([1, 2], 'int32')];
    const apply = (name: string, tensor: tf.Tensor) => () => optimizer.applyGradients([{name, tensor}]);
    expect(apply('nobody', wide)).toThrow("must be named as variables of tfjs, but received 'nobody'");
    expect(apply('errors/w', wide)).toThrow('the gradient of errors/w must be float32 of shape [2]');
    expect(apply('errors/w', whole)).toThrow('but received int32 of shape [2]');
    tf.dispose([w, wide, whole]);
    optimizer.dispose();
  });
});
