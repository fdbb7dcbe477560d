import * as tf from '@tensorflow/tfjs';
import {layers, optimizers} from 'tfjs-piecewise';
import {collectTensors, useBackend} from '../support/backend';
import {digitsNetwork} from '../support/digits_network';

useBackend();
beforeEach(collectTensors);

/** Kernels that the engine runs in a step, after two that make what is made once. */
async function callsPerStep(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor): Promise<string[]> {
  for (let i = 0; i < 2; i++) await model.trainOnBatch(x, y);
  const run = jest.spyOn(tf.engine(), 'runKernel');
  await model.trainOnBatch(x, y);
  const names = run.mock.calls.map(([name]) => name);
  run.mockRestore();
  return names;
}

/** Small networks wait for calls, not for arithmetic: 16 of these are ours, most others those of the loss. */
it('a step of the network of the digits takes at most 90 kernel calls', async () => {
  const model = tf.sequential();
  for (let seed = 0; seed < 2; seed++) {
    const shape = seed === 0 ? {inputShape: [64]} : {};
    model.add(layers.whtProjection({units: 256, seed, randomBias: 0, ...shape}));
    model.add(layers.reluPair({fixedGain: Math.SQRT2}));
  }
  model.add(layers.whtProjection({units: 16, seed: 2, randomBias: 0}));
  model.add(tf.layers.dense({units: 10}));
  const optimizer = optimizers.adamW();
  const loss = (labels: tf.Tensor, logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(labels, logits, undefined, 0.1);
  model.compile({optimizer, loss});
  const [x, y] = [tf.ones([64, 64]), tf.ones([64, 10])];
  const calls = await callsPerStep(model, x, y);
  const count = (name: string) => calls.filter((each) => each === name).length;
  expect(calls.length).toBeLessThanOrEqual(90);
  expect(count('SelectedWalshHadamard')).toBe(2);
  // None of these is between our own kernels: what is left belongs to the loss and to the dense layer.
  expect(['ExpandUnits', 'TakeUnits', 'GatherV2', 'PadV2', 'Tile', 'Concat', 'Slice'].filter(count)).toEqual([]);
  optimizer.dispose();
  tf.dispose([x, y]);
  model.dispose();
});

it('with a loss and a dense layer of ours it takes at most 45, some of them inside of others', async () => {
  const {model, x, y, dispose} = digitsNetwork({labelSmoothing: 0.1});
  expect((await callsPerStep(model, x, y)).length).toBeLessThanOrEqual(45);
  dispose();
});

it('a random bias costs no call, forward or backward', () => {
  const layer = layers.whtProjection({units: 64, seed: 1});
  const run = jest.spyOn(tf.engine(), 'runKernel');
  tf.tidy(() => {
    const x = tf.ones([3, 64]);
    layer.apply(x);
    run.mockClear();
    const {grad} = tf.valueAndGrad((input) => layer.apply(input) as tf.Tensor)(x, x);
    expect(grad.shape).toEqual([3, 64]);
  });
  const names = run.mock.calls.map(([name]) => name);
  run.mockRestore();
  expect(names).toEqual(['SignedWalshHadamard', 'SignedWalshHadamard']);
  layer.dispose();
});

it('layers of transforms alone run their own kernels, and no reshape, clone or copy', async () => {
  const model = tf.sequential({
    layers: [
      layers.whtProjection({units: 64, seed: 1, randomBias: 0, activation: 'reluPair', inputShape: [20]}),
      layers.whtProjection({units: 64, seed: 2, randomBias: 0, activation: 'reluPair'}),
      layers.whtProjection({units: 5, seed: 3, randomBias: 0}),
    ],
  });
  const run = jest.spyOn(tf.engine(), 'runKernel');
  const x = tf.ones([3, 20]);
  tf.tidy(() => {
    model.apply(x); // makes the weights
    run.mockClear();
    tf.variableGrads(() => tf.sum(model.apply(x, {training: true}) as tf.Tensor));
  });
  const names = run.mock.calls.map(([name]) => name);
  run.mockRestore();
  const ours = /^(WHT|ReLUPair|Selected|Expand)/;
  expect(names.filter((name) => ours.test(name))).toEqual([
    'WHTReLUPairForward',
    'WHTReLUPairForward',
    'SelectedWalshHadamard',
    'SelectedWalshHadamard',
    'WHTReLUPairBackward',
    'ReLUPairSlopes',
  ]);
  // The sum and its derivative.
  expect(names.filter((name) => !ours.test(name)).length).toBeLessThanOrEqual(5);
  x.dispose();
  model.dispose();
});
