import * as tf from '@tensorflow/tfjs';
import {analysis} from 'tfjs-piecewise';
import {normal, uniform} from '../../support/random';
import {through} from '../../support/through';
import {shuffled} from '../support/models';
import {randomWritten, withModel} from './models';

const {stablyUnactivated} = analysis;
const {layers: l} = tf;
type Symbolic = tf.SymbolicTensor;

/** A residual block that shrinks, after depthwise and pointwise convolutions: all kinds of steps on one way. */
function network(): tf.LayersModel {
  const x = tf.input({shape: [8, 8, 2]});
  const start = through(x, l.zeroPadding2d({padding: 1}), l.depthwiseConv2d({kernelSize: 3, strides: 2}), l.batchNormalization(), l.reLU({maxValue: 6})); // biome-ignore format: layers
  const side = through(start, l.conv2d({filters: 2, kernelSize: 3, padding: 'same', activation: 'relu'}), l.conv2d({filters: 2, kernelSize: 1})); // biome-ignore format: layers
  const sum = through(
    l.add().apply([start, side]) as Symbolic,
    l.leakyReLU({alpha: 0.1}),
    l.maxPooling2d({poolSize: 2}),
  );
  const y = through(
    sum,
    l.flatten(),
    l.dense({units: 5, activation: 'relu'}),
    l.dense({units: 12}),
    l.reLU({name: 'asked'}),
  );
  return tf.model({inputs: x, outputs: y});
}

/** What the layer that is asked about reads, at points of the input. */
function read(model: tf.LayersModel, points: number[][]): number[][] {
  return tf.tidy(() => {
    const inner = tf.model({inputs: model.inputs, outputs: model.getLayer('asked').input as Symbolic});
    const x = tf.reshape(tf.tensor2d(points), [points.length, ...(model.inputs[0].shape.slice(1) as number[])]);
    return (inner.predict(x) as tf.Tensor2D).arraySync();
  });
}

it('bounds of deep networks hold at random points and corners, and witnesses are inputs that activate', async () => {
  const seen = {dead: 0, alive: 0, unknown: 0};
  for (let seed = 1; seed <= 6; seed++) {
    const model = shuffled(network(), seed);
    const bias = model.layers.at(-2)!;
    const [kernel] = bias.getWeights();
    const shifts = tf.tensor1d(normal(12, seed).map((x) => 3 * x));
    bias.setWeights([kernel, shifts]);
    shifts.dispose();
    const {neurons} = await stablyUnactivated(model, {layer: 'asked', domain: {low: -1, high: 1}});
    const points = Array.from({length: 64}, (_, k) => Array.from(uniform(128, 100 * seed + k, -1, 1), (x) => (k % 2 ? x : Math.sign(x)))); // biome-ignore format: points
    const y = read(model, points);
    for (const {index, verdict, upperBound, witness, reason} of neurons) {
      seen[verdict]++;
      const most = Math.max(...y.map((row) => row[index]));
      expect(most).toBeLessThanOrEqual(Number(upperBound) + 1e-5);
      if (verdict === 'dead') expect(upperBound).toBeLessThan(0);
      if (verdict === 'unknown') expect(reason).toBe('bounds');
      if (!witness) continue;
      expect(read(model, [witness])[0][index]).toBeGreaterThan(-1e-5);
      expect(witness.every((x) => x >= -1 && x <= 1)).toBe(true);
    }
    model.dispose();
  }
  expect(seen.dead).toBeGreaterThan(3);
  expect(seen.alive).toBeGreaterThan(20);
  expect(seen.unknown).toBeLessThan(20);
});

it('bounds are never below the exact supremum, and never contradict it', async () => {
  let close = 0;
  for (let seed = 1; seed <= 40; seed++) {
    await withModel(randomWritten(2, 5, seed), async (model) => {
      const args = {domain: {low: -1, high: 1}} as const;
      const [exact] = (await stablyUnactivated(model, {...args, method: 'vertices'})).neurons;
      const [bound] = (await stablyUnactivated(model, {...args, method: 'bounds'})).neurons;
      const [supremum, most] = [Number(exact.supremum), Number(bound.upperBound)];
      expect(most).toBeGreaterThanOrEqual(supremum);
      if (bound.verdict !== 'unknown') expect([seed, bound.verdict]).toEqual([seed, exact.verdict]);
      if (most - supremum < 0.5 * Math.abs(supremum)) close++;
    });
  }
  expect(close).toBeGreaterThan(10);
});

it("Keras's convolutional network for MNIST is decided at its second layer, without a matrix", async () => {
  const model = tf.sequential({
    layers: [
      l.conv2d({filters: 32, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1]}),
      l.conv2d({filters: 64, kernelSize: 3, activation: 'relu', biasInitializer: tf.initializers.constant({value: 1})}),
    ],
  });
  const args = {domain: {low: 0, high: 1}, maxMultiplyAdds: 1e8} as const;
  const {neurons, alive} = await stablyUnactivated(model, args);
  expect(neurons.length).toBe(24 * 24 * 64);
  expect(alive).toBeGreaterThan(0.95 * neurons.length);
  model.dispose();
});
