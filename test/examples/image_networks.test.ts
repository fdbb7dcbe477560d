import * as tf from '@tensorflow/tfjs';
import {IMAGE_FAMILIES, IMAGE_VARIANTS, type ImageFamily} from '../../examples/node/image_families';
import {
  type BlockOptions,
  buildImageNetwork,
  countImageParameters,
  type ImageNetworkOptions,
} from '../../examples/node/image_networks';

const FAMILIES: [string, ImageFamily][] = Object.entries({...IMAGE_FAMILIES, ...IMAGE_VARIANTS});
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
    {stem: 4, channels: 64, blocks: blocks(4, 64, {mixing: 'transform', bendBefore: true}), activation: 'pair'},
    5706,
  ],
  [
    '8 channels, trained signs',
    {
      stem: 4,
      channels: 8,
      blocks: [
        {channels: 8, mixing: 'signs'},
        {channels: 8, mixing: 'signs'},
        {channels: 12, mixing: 'signs'},
      ],
      activation: 'pair',
    },
    8 * 19 + (72 + 24) + (72 + 24) + (72 + 36) + (8 + 8 + 16) + 13 * 10,
  ],
  [
    '8 channels, blocks of 4, fixed windows',
    {stem: 4, fixedStem: true, channels: 8, blocks: blocks(1, 12, {mixing: 'blocks'}), activation: 'pair'},
    8 * 3 + 72 + 2 * 16 + 36 + 13 * 10,
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

it('a fixed first convolution has orthogonal windows, which training leaves alone', async () => {
  const options = {...IMAGE_VARIANTS.fixedStem.options(1024)!, channels: 16};
  const model = buildImageNetwork(options, 1);
  const [first] = model.layers.filter((layer) => layer.getClassName() === 'Conv2D');
  const windows = () => first.getWeights()[0].dataSync<'float32'>().slice();
  const before = windows();
  const matrix = tf.tensor2d(before, [16, 16]);
  const products = tf.matMul(matrix, matrix, true).dataSync();
  for (let i = 0; i < 256; i++) expect(products[i] / products[0]).toBeCloseTo(i % 17 === 0 ? 1 : 0, 5);
  model.compile({optimizer: tf.train.sgd(0.1), loss: (a, b) => tf.losses.softmaxCrossEntropy(a, b)});
  const others = () => model.trainableWeights.map((weight) => weight.read().dataSync<'float32'>().slice());
  const [start, x, y] = [others(), tf.randomNormal([4, 784]), tf.oneHot(tf.tensor1d([0, 1, 2, 3], 'int32'), 10)];
  await model.trainOnBatch(x, y);
  expect(windows()).toEqual(before);
  expect(others()).not.toEqual(start);
  tf.dispose([matrix, x, y]);
  model.dispose();
});
