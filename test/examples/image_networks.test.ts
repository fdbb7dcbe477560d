import * as tf from '@tensorflow/tfjs';
import {
  type BlockOptions,
  buildImageNetwork,
  countImageParameters,
  IMAGE_FAMILIES,
  type ImageNetworkOptions,
} from '../../examples/node/image_networks';

const FAMILIES = Object.entries(IMAGE_FAMILIES);
const shape = {side: 28, classes: 10};
const blocks = (count: number, channels: number, block: Omit<BlockOptions, 'channels'>) =>
  Array.from({length: count}, () => ({...block, channels}));

/** Those that a program is told to train. */
const trainable = (model: tf.LayersModel) =>
  model.trainableWeights.reduce((sum, weight) => sum + tf.util.sizeFromShape(weight.shape as number[]), 0);

it.each([
  ['24 channels, ReLU', {stem: 5, channels: 24, blocks: blocks(4, 24, {mixing: 'learned'}), activation: 'relu'}, 4258],
  ['64 channels, ReLU', {stem: 5, channels: 64, blocks: blocks(6, 64, {mixing: 'learned'}), activation: 'relu'}, 31178],
  ['32 channels, pairs', {stem: 5, channels: 32, blocks: blocks(4, 32, {mixing: 'learned'}), activation: 'pair'}, 6858],
  [
    '64 channels, transform',
    {stem: 4, channels: 64, blocks: blocks(4, 64, {mixing: 'transform', pairBefore: true}), activation: 'pair'},
    5706,
  ],
] as [string, Omit<ImageNetworkOptions, 'side' | 'classes'>, number][])('counts by hand: %s', (_, options, count) => {
  expect(countImageParameters({...shape, ...options})).toBe(count);
});

describe.each(FAMILIES)('%s', (_, {options}) => {
  it.each([1024, 4096, 16_384])('has as many trainable numbers as it says, and no more than %i', (budget) => {
    const network = options(budget)!;
    const model = buildImageNetwork(network, 1);
    expect(trainable(model)).toBe(countImageParameters(network));
    expect(trainable(model)).toBeLessThanOrEqual(budget);
    expect(trainable(model)).toBeGreaterThan(budget / 2);
    model.dispose();
  });

  it('fills every budget from 1,024 to 65,536 by at least half, and has none of 100', () => {
    for (let budget = 1024; budget <= 65_536; budget *= 2) {
      const count = countImageParameters(options(budget)!);
      expect(count).toBeGreaterThan(budget / 2);
      expect(count).toBeLessThanOrEqual(budget);
    }
    expect(options(100)).toBeNull();
  });

  it('gives the same logits from the same seed, and others from another', () => {
    const x = tf.randomNormal([2, 784], 0, 1, 'float32', 1);
    const logits = (seed: number) => {
      const model = buildImageNetwork(options(1024)!, seed);
      const y = model.predict(x) as tf.Tensor;
      const values = Array.from(y.dataSync());
      y.dispose();
      model.dispose();
      return values;
    };
    const first = logits(1);
    expect(first).toHaveLength(20);
    expect(logits(1)).toEqual(first);
    expect(logits(2)).not.toEqual(first);
    x.dispose();
  });
});
